import { createHash } from 'node:crypto';
import type { SceneMeaning, StoredFile } from './scene-model.ts';

/**
 * Fingerprint of a scene: its files and what they mean. The same files with another date, band map or scale are another
 * scene; sent again with the same ones they are the same, whoever sends them and whatever the order of the parts.
 */
export function contentHash(files: readonly StoredFile[], meaning: SceneMeaning): string {
  const { bands, isPublic: _isPublic, mineId: _mineId, ...rest } = meaning;
  const shaOf = new Map(files.map(file => [file.name, file.sha256]));
  const place = (at: { file: string; band: number } | null | undefined): unknown =>
    at == null ? null : [shaOf.get(at.file), at.band];
  const text = JSON.stringify({
    files: files.map(file => file.sha256).toSorted(),
    bands: Object.entries(bands)
      .map(([name, at]) => [name, place(at)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    mask: place(rest.mask),
    rest: [
      rest.acquiredOn,
      rest.sensor,
      rest.maskClasses,
      rest.keepClasses,
      rest.scale,
      rest.offset,
      rest.noData === undefined ? 'file' : rest.noData,
      rest.processingBaseline,
    ],
  });
  return createHash('sha256').update(text).digest('hex');
}
