import type { ComponentChildren } from 'preact';
import { ScrollRegion } from './scroll-region.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly numeric?: boolean | undefined;
  /** Long text: broken over lines instead of widening the table. */
  readonly wraps?: boolean | undefined;
  /** The column that names the row, for screen readers. */
  readonly isRowHead?: boolean | undefined;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly foot?: ComponentChildren;
  readonly isLit?: ((row: Row) => boolean) | undefined;
  readonly showCaption?: boolean | undefined;
}

/** A plain table: caption, column heads, row heads. Wider than its place, it scrolls alone and the page does not. */
export function DataTable<Row>({ caption, columns, rows, rowKey, foot, isLit, showCaption }: DataTableProps<Row>) {
  return (
    <ScrollRegion label={caption}>
      <table class="table">
        <caption class={showCaption ? 'table-caption' : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" class={column.numeric ? 'is-numeric' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)} class={isLit?.(row) ? 'is-lit' : undefined}>
              {columns.map(column =>
                column.isRowHead ? (
                  <th key={column.key} scope="row" class={column.wraps ? 'is-wrapped' : undefined}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} class={column.numeric ? 'is-numeric' : column.wraps ? 'is-wrapped' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </ScrollRegion>
  );
}
