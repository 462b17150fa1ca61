import type { MineItem } from '../../../mines/mines.contract.ts';
import type { MinesService } from '../../../mines/mines.service.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { ExportQuery } from '../export.contract.ts';

const PAGE = 1000;

/** The mines of a selection in the order of their codes. @throws AppError `not-found` for an id that is no mine */
export async function listSelectedMines(
  mines: MinesService,
  viewer: Viewer,
  query: ExportQuery,
): Promise<readonly MineItem[]> {
  if (query.mine !== undefined) return Promise.all(query.mine.map(id => mines.get(viewer, id)));
  const all: MineItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await mines.list({
      organisation: query.organisation,
      province: query.province,
      mineral: query.mineral,
      limit: PAGE,
      cursor,
    });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
