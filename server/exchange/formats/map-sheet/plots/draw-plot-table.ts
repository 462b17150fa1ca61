import { haFromM2, muFromM2 } from '../../../../../gis/units.ts';
import type { ExportLayer } from '../../export-layer.ts';
import { least } from '../draw-column.ts';
import { PT_PER_MM, type SheetLayout } from '../sheet-layout.ts';
import type { SheetPen } from '../sheet-pen.ts';
import type { NumberedPlot } from './numbered-plots.ts';

const SIZE = 6.5;
const ROW_MM = 4.05;
const HEAD_MM = 8;
/** Least width of a table; as many stand side by side as there is room for. */
const TABLE_MM = 122;
const BETWEEN_MM = 7;
const PALE = '#55615b';

interface Column {
  readonly head: string;
  /** Share of the table's width. */
  readonly share: number;
  readonly isNumber?: boolean;
  readonly cell: (plot: NumberedPlot) => string;
}

/**
 * Says on pages of their own what the numbers on the map are: the ledger's number, what the plot is, since when, how large. Answers how many
 * pages that took.
 */
export function drawPlotTable(
  pen: SheetPen,
  layout: SheetLayout,
  layer: ExportLayer,
  plots: readonly NumberedPlot[],
  without: ReadonlySet<number>,
): number {
  const { title, widthMm, heightMm } = layout;
  const columns = columnsOf(layer, plots, without);
  const side = Math.max(1, Math.floor((title.width + BETWEEN_MM) / (TABLE_MM + BETWEEN_MM)));
  const width = (title.width - (side - 1) * BETWEEN_MM) / side;
  const top = title.y + 13;
  const rows = Math.floor((heightMm - top - HEAD_MM - title.y - 6) / ROW_MM);
  const pages = Math.ceil(plots.length / (rows * side));
  for (let page = 0; page < pages; page++) {
    pen.document.addPage({ size: [widthMm * PT_PER_MM, heightMm * PT_PER_MM], margin: 0 });
    pen.text(`图斑表 Table of plots  ${page + 1}/${pages}`, title.x, title.y, { size: 12 });
    for (let at = 0; at < side; at++) {
      const first = (page * side + at) * rows;
      const part = plots.slice(first, first + rows);
      if (part.length > 0) drawPart(pen, columns, part, { x: title.x + at * (width + BETWEEN_MM), y: top, width });
    }
    if (without.size > 0) {
      const words = '* 图上无处标注编号 The map has no room for this number.';
      pen.text(words, title.x, heightMm - title.y - 4, { size: SIZE, colour: PALE });
    }
  }
  return pages;
}

function drawPart(
  pen: SheetPen,
  columns: readonly Column[],
  plots: readonly NumberedPlot[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): void {
  let left = x;
  for (const { head, share, isNumber = false, cell } of columns) {
    const room = width * share;
    const align = isNumber ? ('right' as const) : ('left' as const);
    pen.text(head, left, y, { size: SIZE, colour: PALE, width: room - 2, align });
    plots.forEach((plot, row) => {
      const words = fitting(pen, cell(plot), room - 2);
      pen.text(words, left, y + HEAD_MM + row * ROW_MM, { size: SIZE, width: room - 1.8, align });
    });
    left += room;
  }
  for (let row = 0; row <= plots.length; row++) {
    const at = y + HEAD_MM + row * ROW_MM - 0.6;
    pen.line(
      [
        [x, at],
        [x + width, at],
      ],
      row === 0 ? 0.6 : 0.2,
      row === 0 ? '#1d2320' : '#b9c1bb',
    );
  }
}

function columnsOf(layer: ExportLayer, plots: readonly NumberedPlot[], without: ReadonlySet<number>): Column[] {
  const { label, classes, fields } = layer;
  const hasMines = new Set(plots.map(({ feature }) => feature.values['mineId'])).size > 1;
  // The day that the whole sheet holds for stands in its title.
  const day = fields.find(({ type, name }) => type === 'date' && name !== 'asAt');
  const text = ({ feature }: NumberedPlot, name: string): string => String(feature.values[name] ?? '');
  const area = (plot: NumberedPlot, of: (areaM2: number) => number): string => {
    const areaM2 = plot.feature.values['areaM2'];
    return typeof areaM2 === 'number' ? least(of(areaM2), 4) : '–';
  };
  const named: Column = {
    head: '名称\nName',
    share: day === undefined ? 0.5 : 0.38,
    cell: plot => {
      const names = [text(plot, label.zh), text(plot, label.en)].filter((one, at, all) => all.indexOf(one) === at);
      const code = classes === null ? '' : text(plot, classes.field);
      return [hasMines ? text(plot, 'mineCode') : '', code, ...names].filter(one => one !== '').join(' ');
    },
  };
  return [
    {
      head: '图上\nNo.',
      share: 0.09,
      cell: ({ number }) => `${number}${without.has(number) ? '*' : ''}`,
    },
    { head: '编号\nId', share: 0.12, cell: ({ feature }) => String(feature.id) },
    named,
    ...(day === undefined
      ? []
      : [
          { head: `${day.title.zh}\n${day.title.en}`, share: 0.15, cell: (plot: NumberedPlot) => text(plot, day.name) },
        ]),
    { head: '公顷\nha', share: day === undefined ? 0.14 : 0.12, isNumber: true, cell: plot => area(plot, haFromM2) },
    { head: '亩\nmu', share: day === undefined ? 0.15 : 0.14, isNumber: true, cell: plot => area(plot, muFromM2) },
  ];
}

/** As much of a text as has room in one line. */
function fitting({ document }: SheetPen, words: string, widthMm: number): string {
  document.fontSize(SIZE);
  const isTooLong = (text: string): boolean => document.widthOfString(text) > widthMm * PT_PER_MM;
  if (!isTooLong(words)) return words;
  let kept = words;
  while (kept.length > 1 && isTooLong(`${kept}…`)) kept = kept.slice(0, -1);
  // No half of a letter that takes two units.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
