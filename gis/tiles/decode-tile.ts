import { GisError } from '../errors.ts';

/** A decoded layer of a vector tile; what tests and the privacy canary look into. */
export interface DecodedLayer {
  readonly name: string;
  readonly version: number;
  readonly extent: number;
  readonly keys: readonly string[];
  readonly values: readonly (string | number | boolean)[];
  /** Wire types of `values`: string, float, double, int, uint, sint, bool. */
  readonly valueTypes: readonly string[];
  readonly features: readonly DecodedFeature[];
}

export interface DecodedFeature {
  readonly id?: number | undefined;
  /** 1 point, 3 polygon. */
  readonly type: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Open rings in tile units, for polygons. */
  readonly rings: [number, number][][];
  readonly points: [number, number][];
}

/** Decodes a vector tile of points and polygons. Throws GisError 'tile-truncated' for bytes that end too early. */
export function decodeTile(bytes: Uint8Array): DecodedLayer[] {
  const layers: DecodedLayer[] = [];
  for (const { field, bytes: body } of fields(bytes))
    if (field === 3 && body !== undefined) layers.push(decodeLayer(body));
  return layers;
}

interface Field {
  readonly field: number;
  /** Of wire types 0, 1 and 5. */
  readonly value: number;
  /** Of wire type 2. */
  readonly bytes?: Uint8Array;
}

function* fields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new GisError('tile-truncated', { length: bytes.length });
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) yield { field, value: varint() };
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
      if (at + length > bytes.length) throw new GisError('tile-truncated', { length: bytes.length });
      if (wire === 2) yield { field, value: 0, bytes: bytes.subarray(at, at + length) };
      else yield { field, value: wire === 1 ? view.getFloat64(at, true) : view.getFloat32(at, true) };
      at += length;
    }
  }
}

const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
const VALUE_TYPES = ['', 'string', 'float', 'double', 'int', 'uint', 'sint', 'bool'];

function decodeLayer(bytes: Uint8Array): DecodedLayer {
  let [name, version, extent] = ['', 1, 4096];
  const keys: string[] = [];
  const values: (string | number | boolean)[] = [];
  const valueTypes: string[] = [];
  const bodies: Uint8Array[] = [];
  for (const { field, value, bytes: body } of fields(bytes)) {
    if (field === 1 && body !== undefined) name = fromUtf8(body);
    else if (field === 2 && body !== undefined) bodies.push(body);
    else if (field === 3 && body !== undefined) keys.push(fromUtf8(body));
    else if (field === 4 && body !== undefined) {
      for (const item of fields(body)) {
        valueTypes.push(VALUE_TYPES[item.field] ?? '');
        if (item.bytes !== undefined) values.push(fromUtf8(item.bytes));
        else if (item.field === 7) values.push(item.value !== 0);
        else values.push(item.field === 6 ? unzigzag(item.value) : item.value);
      }
    } else if (field === 5) extent = value;
    else if (field === 15) version = value;
  }
  const features = bodies.map(body => decodeFeature(body, keys, values));
  return { name, version, extent, keys, values, valueTypes, features };
}

function decodeFeature(
  bytes: Uint8Array,
  keys: readonly string[],
  values: readonly (string | number | boolean)[],
): DecodedFeature {
  let id: number | undefined;
  let type = 0;
  const attributes: Record<string, string | number | boolean> = {};
  let words: number[] = [];
  for (const { field, value, bytes: body } of fields(bytes)) {
    if (field === 1) id = value;
    else if (field === 3) type = value;
    else if (field === 2 && body !== undefined) {
      const tags = packed(body);
      for (let i = 0; i + 1 < tags.length; i += 2) {
        attributes[keys[tags[i] as number] ?? ''] = values[tags[i + 1] as number] ?? '';
      }
    } else if (field === 4 && body !== undefined) words = packed(body);
  }
  return { id, type, attributes, ...decodeCommands(words, type) };
}

function decodeCommands(words: readonly number[], type: number): Pick<DecodedFeature, 'rings' | 'points'> {
  const rings: [number, number][][] = [];
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < words.length;) {
    const word = words[at++] as number;
    const command = word & 7;
    if (command === 7) continue;
    for (let count = word >> 3; count > 0; count--) {
      x += unzigzag(words[at++] as number);
      y += unzigzag(words[at++] as number);
      if (type === 1) points.push([x, y]);
      else if (command === 1) rings.push([[x, y]]);
      else rings.at(-1)?.push([x, y]);
    }
  }
  return { rings, points };
}

/** Packed varints: read as the fields of a message without tags would be. */
function packed(bytes: Uint8Array): number[] {
  const words: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) {
      words.push(value);
      value = 0;
      scale = 1;
    }
  }
  return words;
}

function fromUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at++] as number;
    const more = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    let point = more === 0 ? byte : byte & (0x3f >> more);
    for (let i = 0; i < more; i++) point = point * 64 + ((bytes[at++] ?? 0) & 0x3f);
    text += String.fromCodePoint(point);
  }
  return text;
}
