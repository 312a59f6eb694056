export { runCalculationTask as default } from '../src/casework/likelihood-ratios/calculation-task.ts';
