import type { Command } from 'commander';
import {
  CONSENT_REPORT_HEADER,
  readConsentCsv,
  type SentConsent,
  writeConsentLines,
} from '../../casework/consents/consent-csv.ts';
import { consentReceipt, type ConsentReport } from '../../casework/consents/consents.schema.ts';
import type { Part } from './parts.ts';
import { sendAll, sendingCommand, type SendingOptions } from './sending.ts';

/** `homeward consents` */
export function consentsCommand(): Command {
  return sendingCommand(
    'consents',
    'CSV of any length: sample_id, version, purpose, signer, signed_on, age_years, deceased, retain_until',
  )
    .description('Send what people signed to a service, before their samples.')
    .action((file: string, options: SendingOptions) =>
      sendAll(file, options, {
        header: CONSENT_REPORT_HEADER,
        nothing: { recorded: 0, unchanged: 0, refused: 0 },
        async sendPart(part, post) {
          const sent = await readConsentCsv(part.bytes);
          const { rows, recorded, unchanged, refused } = await post({
            path: 'v1/consents',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ consents: sent.map(({ form }) => form) }),
            answer: consentReceipt,
          });
          const lines = writeConsentLines(rowsInFile(rows, sent, part));
          return { rows: rows.length, counts: { recorded, unchanged, refused }, lines };
        },
      }),
    );
}

/** The service counts forms from 1; in a part, row 1 is the header and row 2 its first. */
function rowsInFile(
  rows: readonly ConsentReport[],
  sent: readonly SentConsent[],
  { firstRow }: Part,
): ConsentReport[] {
  return rows.map((report) => {
    const inPart = sent[report.row - 1]?.row ?? report.row + 1;
    return { ...report, row: inPart - 2 + firstRow };
  });
}
