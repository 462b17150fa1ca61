import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { PT_PER_MM, type SheetLayout } from './sheet-layout.ts';

type Document = InstanceType<typeof PDFDocument>;

const require = createRequire(import.meta.url);
const FONT_FILE = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf');

export interface TextStyle {
  /** Points. */
  readonly size: number;
  readonly colour?: string | undefined;
  readonly align?: 'left' | 'center' | 'right' | undefined;
  /** Millimetres; longer lines are broken. */
  readonly width?: number | undefined;
}

/** A page in millimetres from its upper left corner, with one font that has both languages. */
export class SheetPen {
  readonly document: Document;

  constructor({ widthMm, heightMm }: SheetLayout, info: { title: string; subject: string; day: string }) {
    this.document = new PDFDocument({
      size: [widthMm * PT_PER_MM, heightMm * PT_PER_MM],
      margin: 0,
      info: {
        Title: info.title,
        Subject: info.subject,
        Creator: 'Regreen',
        // The day, not the moment: the same sheet twice is the same file.
        CreationDate: new Date(`${info.day}T00:00:00Z`),
      },
      font: FONT_FILE,
    });
  }

  line(points: readonly (readonly [number, number])[], widthPt: number, colour: string): void {
    points.forEach(([x, y], index) => {
      if (index === 0) this.document.moveTo(x * PT_PER_MM, y * PT_PER_MM);
      else this.document.lineTo(x * PT_PER_MM, y * PT_PER_MM);
    });
    this.document.lineWidth(widthPt).strokeColor(colour).stroke();
  }

  filled(points: readonly (readonly [number, number])[], colour: string): void {
    this.document.polygon(...points.map(([x, y]) => [x * PT_PER_MM, y * PT_PER_MM])).fill(colour);
  }

  frame(area: { x: number; y: number; width: number; height: number }, widthPt: number, colour: string): void {
    const [x, y, width, height] = [area.x, area.y, area.width, area.height].map(mm => mm * PT_PER_MM) as [
      number,
      number,
      number,
      number,
    ];
    this.document.rect(x, y, width, height).lineWidth(widthPt).strokeColor(colour).stroke();
  }

  /** Writes at the upper left corner of its first line; answers the height taken, millimetres. */
  text(words: string, x: number, y: number, style: TextStyle): number {
    const { document } = this;
    document.fontSize(style.size).fillColor(style.colour ?? '#1d2320');
    const options = {
      align: style.align ?? ('left' as const),
      ...(style.width === undefined ? { lineBreak: false } : { width: style.width * PT_PER_MM }),
      lineGap: 0.5,
    };
    const height =
      style.width === undefined ? document.currentLineHeight(true) : document.heightOfString(words, options);
    document.text(words, x * PT_PER_MM, y * PT_PER_MM, options);
    return height / PT_PER_MM;
  }

  /** Along the left or right side of the map, read from below. */
  upright(words: string, x: number, y: number, size: number): void {
    const [px, py] = [x * PT_PER_MM, y * PT_PER_MM];
    this.document.save().rotate(-90, { origin: [px, py] });
    this.document.fontSize(size).fillColor('#1d2320');
    const width = this.document.widthOfString(words);
    this.document.text(words, px - width / 2, py, { lineBreak: false }).restore();
  }
}
