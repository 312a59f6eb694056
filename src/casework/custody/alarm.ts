import type { GapCode } from './gaps.ts';
import type { ScanFault } from './tube.ts';

/** Why a scan was refused; stable, for programs. */
export type RefusalCode =
  | ScanFault
  | 'CHECK_CHARACTER_WRONG'
  | 'BARCODE_UNKNOWN'
  | 'BARCODE_NOT_YOURS'
  | 'SAMPLE_MISMATCH'
  | 'SAMPLE_NOT_UPLOADED'
  | 'SAMPLE_WITHDRAWN'
  | 'REDRAW_NOT_WANTED';

/** Why an alarm was raised. */
export type AlarmCode = RefusalCode | GapCode;

/** What is wrong with a scan, and what to do. */
export const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  CHECK_CHARACTER_WRONG:
    'the check character does not fit: it was misread or mistyped; scan it again',
  BARCODE_UNKNOWN: 'no such barcode was issued; put the tube aside and ask an administrator',
  BARCODE_NOT_YOURS:
    'this barcode was not issued to you; put the tube aside and ask an administrator',
  EVENT_NOT_YOURS: 'collection points draw and dispatch, laboratories receive, type and destroy',
  SCANNED_TWICE: 'this was scanned before, at another time or by another scanner',
  CHAIN_ENDED: 'the tube was declared lost or destroyed; put it aside, its blood is not used',
  ORDER_IMPOSSIBLE: 'what comes before was not scanned; scan that first, and then this again',
  TIME_BACKWARD: 'it lies before what was scanned last; put the clock of the scanner right',
  TIME_IN_FUTURE: 'it lies in the future; put the clock of the scanner right',
  LOT_EXPIRED: 'the lot of the kit had expired; draw again with another kit',
  SAMPLE_MISMATCH: 'another sample was drawn into this tube; look for tubes that were swapped',
  SAMPLE_NOT_UPLOADED:
    'the sample of this tube was not uploaded yet; upload it, and scan this again',
  SAMPLE_WITHDRAWN: 'the sample was withdrawn: destroy the tube, and type nothing of it',
  REDRAW_NOT_WANTED:
    'the tube that it replaces is none of yours that was to be drawn again at that time',
};

/** Whether somebody has said what an alarm was. */
export const ALARM_STATES = ['open', 'resolved'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];
