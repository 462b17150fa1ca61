/** Numbers of a page: zones keep their values in as many as they need, and nothing is copied as they grow. */
export const PAGE_NUMBERS = 512;

const MAX_FREE_PAGES = (16 << 20) / (PAGE_NUMBERS * 8);
/** Lists of so many numbers are gathered in a room that is kept; longer ones are rare. */
const KEPT_NUMBERS = 1 << 17;

/** Pages that one zone's values leave behind, for the next zone: fresh ones have to be cleared by the machine every time. */
export class ValuePages {
  private readonly free: Float64Array[] = [];

  /** What is in it is anybody's. */
  take(): Float64Array {
    return this.free.pop() ?? new Float64Array(PAGE_NUMBERS);
  }

  give(page: Float64Array): void {
    if (this.free.length < MAX_FREE_PAGES) this.free.push(page);
  }
}

/** Numbers in the order they came, page by page. */
export class PagedNumbers {
  private readonly pool: ValuePages;
  private readonly pages: Float64Array[] = [];
  /** The page in hand, and how many of its numbers are used: who writes to it says so afterwards. */
  page: Float64Array;
  used = 0;

  constructor(pool: ValuePages) {
    this.pool = pool;
    this.page = NO_PAGE;
    this.used = PAGE_NUMBERS;
  }

  get length(): number {
    return this.pages.length * PAGE_NUMBERS + this.used - PAGE_NUMBERS;
  }

  /** Goes on to an empty page. */
  turn(): Float64Array {
    this.page = this.pool.take();
    this.pages.push(this.page);
    this.used = 0;
    return this.page;
  }

  /** All of them one after the other, into a room that is long enough. */
  copyTo(room: Float64Array): void {
    const { pages } = this;
    const last = pages.length - 1;
    for (let i = 0; i < last; i += 1) room.set(pages[i] as Float64Array, i * PAGE_NUMBERS);
    // A view of a part costs more than the few numbers that are left.
    const from = last * PAGE_NUMBERS;
    for (let i = 0; last >= 0 && i < this.used; i += 1) room[from + i] = this.page[i] as number;
  }

  /** Leaves the pages to others. */
  clear(): void {
    for (const page of this.pages) this.pool.give(page);
    this.pages.length = 0;
    this.page = NO_PAGE;
    this.used = PAGE_NUMBERS;
  }
}

/** Never written to: it counts as full. */
const NO_PAGE = new Float64Array(0);

/** A room for gathering lists, one after the other. */
export class GatherRoom {
  private room = new Float64Array(0);

  of(numbers: PagedNumbers): Float64Array {
    const { length } = numbers;
    if (length > KEPT_NUMBERS) {
      const own = new Float64Array(length);
      numbers.copyTo(own);
      return own;
    }
    if (this.room.length < length) this.room = new Float64Array(Math.min(KEPT_NUMBERS, length * 2));
    numbers.copyTo(this.room);
    return this.room;
  }
}
