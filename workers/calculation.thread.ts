import {
  type CalculationTask,
  runCalculationTask,
} from '../src/casework/likelihood-ratios/calculation-task.ts';
import { type NextStepsTask, runNextStepsTask } from '../src/casework/next-steps/steps-task.ts';

/** Likelihood ratios that somebody asks for, and what more typing would bring. */
export default (task: CalculationTask | NextStepsTask): unknown =>
  'kits' in task ? runNextStepsTask(task) : runCalculationTask(task);
