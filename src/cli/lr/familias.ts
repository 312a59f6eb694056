import type { NamedTable } from '../../casework/likelihood-ratios/calculation-document.ts';
import type { FamiliasProject } from '../../formats/familias-project.ts';
import type { Pedigree } from '../../kinship/index.ts';
import { readFamilias } from '../input.ts';

/** The question of a Familias project, and what the report says about the reading of it. */
export async function readFamiliasRequest(file: string): Promise<{
  name: string;
  content: object;
  tables: NamedTable[];
  notes: string[];
}> {
  const { project, passedOver, calculation, parameters, named } = await readFamilias(file);
  const { people, hypotheses, asked } = calculation;
  const sexes = new Map(project.people.map(({ id, sex }) => [id, sex]));
  const content = {
    people: people.map(({ id, profile, dropOut }) => ({
      ...{ id, dropOut, sex: sexes.get(id) },
      genotypes: Object.fromEntries([...profile].map(([locus, alleles]) => [locus, [...alleles]])),
    })),
    question: {
      kind: 'pedigrees',
      hypotheses: hypotheses.map(({ text, pedigree }) => ({ text, pedigree: strip(pedigree) })),
      asked,
    },
    parameters,
  };
  return { name: file, content, tables: [named], notes: describe(project, passedOver) };
}

/** Members with what the question has of them and no more. */
function strip(pedigree: Pedigree): object[] {
  return pedigree.map(({ id, father, mother, sex }) => ({ id, father, mother, sex }));
}

function describe({ people, loci }: FamiliasProject, passedOver: readonly string[]): string[] {
  const typed = new Set(people.flatMap(({ genotypes }) => [...genotypes.keys()]));
  const untyped = loci.filter(({ name }) => !typed.has(name));
  const raised = loci.filter(
    ({ name, minimumFrequency }) => typed.has(name) && minimumFrequency > 0,
  );
  const list = (some: typeof loci): string => some.map(({ name }) => name).join(', ');
  return [
    'Frequencies are used as the project states them, an untyped parent as Familias reads one.',
    ...(passedOver.length > 0 ? [`Sections passed over: ${passedOver.join(', ')}.`] : []),
    ...(untyped.length > 0 ? [`Nobody is typed at ${list(untyped)}.`] : []),
    ...(raised.length > 0
      ? [`The least frequency that the project states at ${list(raised)} is not applied.`]
      : []),
  ];
}
