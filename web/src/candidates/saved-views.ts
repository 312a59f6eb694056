import { useLocalStorage } from '@mantine/hooks';
import { type CandidateView, readCandidateView } from './candidate-view.ts';

export type SavedView = { readonly name: string; readonly view: CandidateView };

/** Views that somebody keeps in this browser, by name. */
export function useSavedViews() {
  const [kept, keep] = useLocalStorage<SavedView[]>({
    key: 'homeward.candidate-views',
    defaultValue: [],
  });
  const views = kept.map(({ name, view }) => ({ name, view: readCandidateView(view) }));
  return {
    views,
    save(name: string, view: CandidateView): void {
      keep([...views.filter((one) => one.name !== name), { name, view }]);
    },
    remove(name: string): void {
      keep(views.filter((one) => one.name !== name));
    },
  };
}
