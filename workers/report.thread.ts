export { runReportTask as default } from '../src/casework/reports/report-task.ts';
