export { runScoringTask as default } from '../src/search/scoring-task.ts';
