import type { ByteWindow } from './byte-window.ts';
import { isSpace, skipString, skipValue } from './skip-value.ts';

/** Whom a document is told to. */
export interface DocumentVisitor {
  /** Once, before the first element: the members of the collection that come before its features. */
  enter(members: Readonly<Record<string, unknown>>): void;
  /** Takes bytes `[from, to)` of one value; called before more is read. `offset` = where in the file `bytes` begins. */
  visit(bytes: Buffer, from: number, to: number, offset: number): void;
  /** Takes elements, and commas between them, from the beginning of `[from, to)` on as far as it likes; answers where it ended. Absent = one by one. */
  readonly visitTogether?: ((bytes: Buffer, from: number, to: number) => number) | undefined;
}

/** With so much in hand of what is not taken together, more of it does not help. */
const TOGETHER_BYTES = 256 << 10;

export type WalkedDocument =
  /** An object with an array `features`: its other members, parsed. */
  | { readonly kind: 'collection'; readonly members: Readonly<Record<string, unknown>> }
  /** An array, or values one after the other (GeoJSONSeq, RFC 8142, also without separators). */
  | { readonly kind: 'list' }
  /** Nothing at all, or a list of nothing. */
  | { readonly kind: 'empty' };

const COMMA = 0x2c;
const COLON = 0x3a;
const RECORD_SEPARATOR = 0x1e;

/**
 * Goes through a GeoJSON text of any length with one feature in hand at a time: each feature of a collection, each element of an array, each
 * value of a sequence is visited. Throws SyntaxError where the brackets do not close, or commas or values are missing; what is visited is not checked.
 */
export async function walkDocument(window: ByteWindow, visitor: DocumentVisitor): Promise<WalkedDocument> {
  const cursor = new Cursor(window, visitor);
  await cursor.skipMark();
  let first = await cursor.peek();
  if (first === 0x5b) {
    cursor.enter({});
    await cursor.walkArray();
    await cursor.expectEnd();
    return { kind: cursor.visited === 0 ? 'empty' : 'list' };
  }
  for (let index = 0; first >= 0; index += 1, first = await cursor.peek()) {
    if (first !== 0x7b) throw new SyntaxError('no object');
    const members = await cursor.walkObject();
    if (members !== undefined) {
      if (index > 0) throw new SyntaxError('a collection in a sequence');
      await cursor.expectEnd();
      return { kind: 'collection', members };
    }
  }
  return { kind: cursor.visited === 0 ? 'empty' : 'list' };
}

class Cursor {
  private readonly window: ByteWindow;
  private readonly visitor: DocumentVisitor;
  private hasEntered = false;
  visited = 0;

  constructor(window: ByteWindow, visitor: DocumentVisitor) {
    this.window = window;
    this.visitor = visitor;
  }

  enter(members: Readonly<Record<string, unknown>>): void {
    if (!this.hasEntered) this.visitor.enter(members);
    this.hasEntered = true;
  }

  /** Passes over a byte order mark. */
  async skipMark(): Promise<void> {
    const { window } = this;
    while (window.end - window.at < 3 && (await window.more()));
    if (window.bytes[window.at] === 0xef && window.bytes[window.at + 1] === 0xbb) window.at += 3;
  }

  /** The next byte that is no blank, not taken; -1 at the end. Everything before it is let go of. */
  async peek(): Promise<number> {
    const { window } = this;
    for (;;) {
      while (window.at < window.end) {
        const byte = window.bytes[window.at] as number;
        if (!isSpace(byte) && byte !== RECORD_SEPARATOR) return byte;
        window.at += 1;
      }
      if (!(await window.more())) return -1;
    }
  }

  async expectEnd(): Promise<void> {
    if ((await this.peek()) >= 0) throw new SyntaxError('more after the end');
  }

  async walkArray(): Promise<void> {
    this.window.at += 1;
    if ((await this.peek()) === 0x5d) {
      this.window.at += 1;
      return;
    }
    for (;;) {
      await this.peek();
      if (!(await this.visitTogether())) {
        const end = await this.need(0, skipValue);
        if (end === 0) throw new SyntaxError('no value');
        this.visitor.visit(this.window.bytes, this.window.at, this.window.at + end, this.window.offset);
        this.window.at += end;
      }
      this.visited += 1;
      const byte = await this.peek();
      this.window.at += 1;
      if (byte === 0x5d) return;
      if (byte !== COMMA) throw new SyntaxError('no comma');
    }
  }

  /** False where the next element has to be visited by itself. */
  private async visitTogether(): Promise<boolean> {
    const { window, visitor } = this;
    for (;;) {
      const end = visitor.visitTogether?.(window.bytes, window.at, window.end) ?? window.at;
      const isTaken = end > window.at;
      window.at = end;
      if (isTaken || visitor.visitTogether === undefined) return isTaken;
      if (window.end - window.at > TOGETHER_BYTES || !(await window.more())) return false;
    }
  }

  /** The members of an object whose features were visited; undefined where it had none and was visited itself. */
  async walkObject(): Promise<Record<string, unknown> | undefined> {
    const { window } = this;
    const members: Record<string, unknown> = {};
    let hasFeatures = false;
    // Until features are met nothing is let go of: the object may be a feature itself. All places count from its first byte.
    let at = 1;
    for (;;) {
      at = await this.skipBlanks(at);
      if (this.byteAt(at) === 0x7d && Object.keys(members).length === 0 && !hasFeatures) break;
      if (this.byteAt(at) !== 0x22) throw new SyntaxError('no key');
      const keyEnd = await this.need(at, skipString);
      const key = JSON.parse(this.textOf(at, keyEnd)) as string;
      at = await this.skipBlanks(keyEnd);
      if (this.byteAt(at) !== COLON) throw new SyntaxError('no colon');
      at = await this.skipBlanks(at + 1);
      if (key === 'features' && this.byteAt(at) === 0x5b) {
        hasFeatures = true;
        this.enter(members);
        window.at += at;
        await this.walkArray();
        at = 0;
      } else {
        const end = await this.need(at, skipValue);
        // Large values are those of a feature or a geometry, which is visited as a whole.
        members[key] = end - at < MAX_MEMBER_BYTES ? JSON.parse(this.textOf(at, end)) : undefined;
        at = end;
      }
      at = await this.skipBlanks(at);
      if (this.byteAt(at) === 0x7d) break;
      if (this.byteAt(at) !== COMMA) throw new SyntaxError('no comma');
      at += 1;
    }
    if (!hasFeatures) {
      this.enter({});
      this.visited += 1;
      this.visitor.visit(window.bytes, window.at, window.at + at + 1, window.offset);
    }
    window.at += at + 1;
    return hasFeatures ? members : undefined;
  }

  private byteAt(at: number): number {
    const { window } = this;
    return window.at + at < window.end ? (window.bytes[window.at + at] as number) : -1;
  }

  private textOf(from: number, to: number): string {
    const { window } = this;
    return window.bytes.toString('utf8', window.at + from, window.at + to);
  }

  private async skipBlanks(from: number): Promise<number> {
    let at = from;
    for (;;) {
      while (this.byteAt(at) >= 0 && isSpace(this.byteAt(at))) at += 1;
      if (this.byteAt(at) >= 0 || !(await this.window.more())) return at;
    }
  }

  /** Where what begins at `from` ends, with as much in hand as that takes. */
  private async need(from: number, skip: typeof skipValue): Promise<number> {
    const { window } = this;
    for (;;) {
      const end = skip(window.bytes, window.at + from, window.end);
      if (end >= 0) return end - window.at;
      if (!(await window.more())) throw new SyntaxError('ends too early');
    }
  }
}

const MAX_MEMBER_BYTES = 64 << 10;
