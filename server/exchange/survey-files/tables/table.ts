export type Cell = string | number | boolean | null;
export type TableRow = readonly Cell[];

/** Which column holds what; indexes. */
export interface TableColumns {
  readonly first: number;
  readonly second: number;
  /** `surveyed`: X then Y as the table has them; `named`: first is easting or longitude by its heading. */
  readonly order: 'surveyed' | 'named';
  readonly point: number | undefined;
  readonly ring: number | undefined;
  readonly plot: number | undefined;
  readonly area: number | undefined;
  /** Factor of the area's unit by its heading, m². */
  readonly areaUnitM2: number | undefined;
  /** Where the columns have headings that name no coordinates, and were taken for their numbers: those headings. */
  readonly guessed?: readonly string[] | undefined;
  readonly others: readonly { readonly index: number; readonly name: string }[];
  /** Headings that several columns have. */
  readonly repeated: readonly RepeatedHeading[];
  /** Words over the pair of columns that was taken, where there are several. */
  readonly label?: string | undefined;
  /** The headings say longitude and latitude. */
  readonly saysDegrees?: true | undefined;
}

export interface RepeatedHeading {
  readonly name: string;
  /** Indexes: the column that is read under this name, and the others. */
  readonly taken: number;
  readonly left: readonly number[];
  /** Whether the others are read as well, under names of their own. */
  readonly isKept: boolean;
}

/** Where a table comes from. */
export interface TableSource {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string | null;
  /** The number that each row has in its sheet; absent where rows are counted as they come. */
  readonly lines?: readonly number[] | undefined;
}
