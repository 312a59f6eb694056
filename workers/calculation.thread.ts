import {
  type CalculationTask,
  runCalculationTask,
} from '../src/casework/likelihood-ratios/calculation-task.ts';
import { type NextStepsTask, runNextStepsTask } from '../src/casework/next-steps/steps-task.ts';
import { type PowerTask, runPowerTask } from '../src/casework/power/power-task.ts';

/** Likelihood ratios that somebody asks for, what more typing would bring, and power. */
export default (task: CalculationTask | NextStepsTask | PowerTask): unknown => {
  if ('kits' in task) return runNextStepsTask(task);
  return 'design' in task ? runPowerTask(task) : runCalculationTask(task);
};
