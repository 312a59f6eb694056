import PDFDocument from 'pdfkit';
import { openFont } from './pdf-font.ts';
import { fitColumns } from './pdf-columns.ts';

/** Points, of which an inch has 72. */
const MARGIN = { left: 45, right: 45, top: 56, bottom: 62 };
const SIZE = { title: 18, heading: 11.5, text: 9, cell: 8, small: 7 };
const CELL = { x: 3, y: 2.5 };
const INK = {
  text: '#111111',
  faint: '#555555',
  line: '#999999',
  head: '#e8e8e8',
  mark: '#f4f4f4',
};
const FONT = 'report';

export type Column = {
  readonly head: string;
  readonly align?: 'left' | 'right';
};

export type Row = {
  readonly cells: readonly string[];
  /** Set off from the others; a word in it says why. */
  readonly isMarked?: boolean;
};

/** A label and what stands beside it. */
export type Pair = readonly [label: string, value: string];

/** What stands on every page. */
export type Margins = {
  readonly header: readonly [left: string, right: string];
  readonly footer: readonly [top: string, bottom: string];
  readonly numbering: (page: number, pages: number) => string;
};

/**
 * A4 pages that are filled from top to bottom. The same calls make the same bytes: nothing in them
 * comes from a clock or from chance.
 */
export class Sheet {
  readonly #doc: PDFKit.PDFDocument;
  readonly #font = openFont();
  readonly #chunks: Buffer[] = [];
  #y = MARGIN.top;

  constructor({ title, language, madeAt }: { title: string; language: string; madeAt: Date }) {
    const info = { Title: title, Author: 'Homeward', Creator: 'Homeward', CreationDate: madeAt };
    this.#doc = new PDFDocument({
      size: 'A4',
      margins: MARGIN,
      bufferPages: true,
      autoFirstPage: false,
      lang: language,
      displayTitle: true,
      info,
      // Otherwise Helvetica is written into the file, and used by nobody.
      font: this.#font.bytes as never,
    });
    this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#doc.registerFont(FONT, this.#font.bytes);
    this.#addPage();
  }

  title(text: string): void {
    this.#write(text, SIZE.title);
    this.#y += 6;
  }

  heading(text: string): void {
    this.#y += 12;
    this.#reserve(70);
    this.#write(text, SIZE.heading);
    this.#y += 1;
    this.#rule(this.#y, INK.text, 0.8);
    this.#y += 4;
  }

  paragraph(text: string): void {
    this.#write(text, SIZE.text);
    this.#y += 3;
  }

  note(text: string): void {
    this.#write(text, SIZE.small, INK.faint);
    this.#y += 3;
  }

  /** A text in a frame, which nobody overlooks. */
  box(text: string): void {
    const shown = this.#font.readable(text);
    const width = this.#width - 16;
    this.#doc.font(FONT).fontSize(SIZE.heading).fillColor(INK.text);
    const height = this.#doc.heightOfString(shown, { width }) + 12;
    this.#reserve(height);
    this.#doc.rect(MARGIN.left, this.#y, this.#width, height).lineWidth(1.2).stroke(INK.text);
    this.#doc.text(shown, MARGIN.left + 8, this.#y + 6, { width });
    this.#y += height + 8;
  }

  /** Labels in one column, values in the other. */
  pairs(pairs: readonly Pair[]): void {
    const labels = 150;
    for (const [label, value] of pairs) {
      const cells = [label, value].map((text) => this.#font.readable(text));
      const widths = [labels - 8, this.#width - labels];
      this.#doc.font(FONT).fontSize(SIZE.text);
      const heights = cells.map((text, place) => this.#heightOf(text, widths[place] ?? 0));
      const height = Math.max(...heights) + 2;
      this.#reserve(height);
      this.#cell(cells[0] ?? '', MARGIN.left, widths[0] ?? 0, 'left', INK.faint);
      this.#cell(cells[1] ?? '', MARGIN.left + labels, widths[1] ?? 0, 'left', INK.text);
      this.#y += height;
    }
    this.#y += 3;
  }

  /** A table as wide as the page; its head stands again on every page that it goes on to. */
  table(columns: readonly Column[], rows: readonly Row[]): void {
    this.#doc.font(FONT).fontSize(SIZE.cell);
    const heads = columns.map(({ head }) => this.#font.readable(head));
    const shown = rows.map(({ cells, isMarked = false }) => ({
      isMarked,
      cells: cells.map((text) => this.#font.readable(text)),
    }));
    const natural = heads.map((head, place) =>
      Math.max(
        ...[head, ...shown.map(({ cells }) => cells[place] ?? '')].map((text) =>
          this.#widthOf(text),
        ),
      ),
    );
    const widths = fitColumns(
      natural.map((width) => width + 2 * CELL.x + 1),
      this.#width,
    );
    const head = { cells: heads, fill: INK.head };
    this.#reserve(this.#rowHeight(heads, widths) + 2 * SIZE.cell);
    this.#row(columns, widths, head);
    for (const { cells, isMarked } of shown) {
      if (this.#y + this.#rowHeight(cells, widths) > this.#bottom) {
        this.#addPage();
        this.#row(columns, widths, head);
      }
      this.#row(columns, widths, { cells, fill: isMarked ? INK.mark : null });
    }
    this.#y += 5;
  }

  /** Writes what stands on every page, and ends the file. */
  finish(margins: Margins): Promise<Uint8Array> {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.#doc.switchToPage(page);
      this.#writeMargins(margins, margins.numbering(page - start + 1, count));
    }
    return new Promise((resolve, reject) => {
      this.#doc.on('end', () => {
        resolve(Buffer.concat(this.#chunks));
      });
      this.#doc.on('error', reject);
      this.#doc.end();
    });
  }

  get #width(): number {
    return this.#doc.page.width - MARGIN.left - MARGIN.right;
  }

  get #bottom(): number {
    return this.#doc.page.height - MARGIN.bottom;
  }

  #addPage(): void {
    this.#doc.addPage();
    this.#doc.font(FONT).fontSize(SIZE.cell);
    this.#y = MARGIN.top;
  }

  #reserve(height: number): void {
    if (this.#y + height > this.#bottom) this.#addPage();
  }

  #write(text: string, size: number, colour = INK.text): void {
    const shown = this.#font.readable(text);
    this.#doc.font(FONT).fontSize(size);
    const height = this.#heightOf(shown, this.#width);
    this.#reserve(height);
    this.#doc.font(FONT).fontSize(size);
    this.#cell(shown, MARGIN.left, this.#width, 'left', colour);
    this.#y += height;
  }

  #cell(text: string, x: number, width: number, align: 'left' | 'right', colour: string): void {
    this.#doc.fillColor(colour).text(text, x, this.#y, { width, align });
  }

  #widthOf(text: string): number {
    return Math.max(...text.split('\n').map((line) => this.#doc.widthOfString(line)));
  }

  #heightOf(text: string, width: number): number {
    return text === '' ? 0 : this.#doc.heightOfString(text, { width });
  }

  #rowHeight(cells: readonly string[], widths: readonly number[]): number {
    const heights = cells.map((text, place) =>
      this.#heightOf(text, (widths[place] ?? 0) - 2 * CELL.x),
    );
    return Math.max(...heights) + 2 * CELL.y;
  }

  #row(
    columns: readonly Column[],
    widths: readonly number[],
    { cells, fill }: { cells: readonly string[]; fill: string | null },
  ): void {
    const height = this.#rowHeight(cells, widths);
    // Below the line of the row before.
    if (fill !== null) this.#doc.rect(MARGIN.left, this.#y + 0.3, this.#width, height).fill(fill);
    let x = MARGIN.left;
    const top = this.#y;
    this.#y = top + CELL.y;
    cells.forEach((text, place) => {
      const width = widths[place] ?? 0;
      this.#cell(text, x + CELL.x, width - 2 * CELL.x, columns[place]?.align ?? 'left', INK.text);
      x += width;
    });
    this.#y = top + height;
    this.#rule(this.#y, INK.line, 0.4);
  }

  #rule(y: number, colour: string, width: number): void {
    const end = MARGIN.left + this.#width;
    this.#doc.moveTo(MARGIN.left, y).lineTo(end, y).lineWidth(width).stroke(colour);
  }

  #writeMargins({ header, footer }: Margins, numbering: string): void {
    const { page } = this.#doc;
    // Text below the margin would begin another page.
    page.margins = { ...MARGIN, top: 0, bottom: 0 };
    this.#doc.font(FONT).fontSize(SIZE.small).fillColor(INK.faint);
    const line = (text: string, y: number, align: 'left' | 'right'): void => {
      const shown = this.#font.readable(text);
      this.#doc.text(shown, MARGIN.left, y, { width: this.#width, align, lineBreak: false });
    };
    const [left, right] = header;
    line(left, 30, 'left');
    line(right, 30, 'right');
    this.#rule(43, INK.line, 0.4);
    const bottom = page.height - MARGIN.bottom + 12;
    this.#rule(bottom, INK.line, 0.4);
    this.#doc.fillColor(INK.faint);
    line(footer[0], bottom + 6, 'left');
    line(numbering, bottom + 6, 'right');
    line(footer[1], bottom + 18, 'left');
  }
}
