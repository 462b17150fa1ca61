import { ProtobufWriter } from './protobuf.ts';

export type AttributeValue = string | number | boolean | null | undefined;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * The key and value tables of a layer. Numbers are written as ST_AsMVT writes them: whole ones as integers, others as
 * doubles; null and undefined are left out. A column of doubles that happens to hold whole numbers is to be listed in
 * `doubleKeys`, as the value's type cannot show it.
 */
export class AttributeTables {
  private readonly keys = new Map<string, number>();
  private readonly values = new Map<string | number | boolean, number>();
  private readonly doubles = new Map<number, number>();
  private readonly encoded: Uint8Array[] = [];
  private readonly writer = new ProtobufWriter();
  private readonly doubleKeys: ReadonlySet<string>;

  constructor(doubleKeys: ReadonlySet<string>) {
    this.doubleKeys = doubleKeys;
  }

  /** Appends `key index, value index` pairs to `tags`; returns the new length. */
  add(attributes: Attributes, tags: Uint32Array, length: number): number {
    let at = length;
    for (const key in attributes) {
      const value = attributes[key];
      if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) continue;
      let keyIndex = this.keys.get(key);
      if (keyIndex === undefined) this.keys.set(key, (keyIndex = this.keys.size));
      tags[at++] = keyIndex;
      tags[at++] = this.valueIndex(key, value);
    }
    return at;
  }

  private valueIndex(key: string, value: string | number | boolean): number {
    const isDouble = typeof value === 'number' && (!Number.isSafeInteger(value) || this.doubleKeys.has(key));
    const table: Map<string | number | boolean, number> = isDouble ? this.doubles : this.values;
    const known = table.get(value);
    if (known !== undefined) return known;
    const index = this.encoded.length;
    table.set(value, index);
    this.encoded.push(this.encode(value, isDouble));
    return index;
  }

  private encode(value: string | number | boolean, isDouble: boolean): Uint8Array {
    const { writer } = this;
    writer.clear();
    if (typeof value === 'string') writer.stringField(1, value);
    else if (typeof value === 'boolean') writer.varintField(7, value ? 1 : 0);
    else if (isDouble) writer.doubleField(3, value);
    else if (value >= 0) writer.varintField(5, value);
    else writer.varintField(6, -2 * value - 1);
    return writer.finish();
  }

  write(layer: ProtobufWriter): void {
    for (const key of this.keys.keys()) layer.stringField(3, key);
    for (const value of this.encoded) layer.bytesField(4, value);
  }
}
