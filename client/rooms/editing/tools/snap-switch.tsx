import { nameOf } from '../../../i18n/locale.ts';
import { t, tCode } from '../../../i18n/t.ts';
import { tool, type EditTool } from '../../../state/editing/store.ts';
import { caught, isSnapping } from '../../../state/editing/tools/snapping/caught.ts';
import type { SnapOwner } from '../../../state/editing/tools/snapping/snap-to.ts';
import { IconButton } from '../../../ui/button.tsx';

/** Tools whose corners may fall on what is near. */
const SETS_CORNERS: ReadonlySet<EditTool> = new Set(['draw', 'hole', 'trace', 'select', 'split', 'clip', 'offset']);

/** Over the map, where the eyes are: whether corners catch on what is near, and on what the last one did. */
export function SnapSwitch() {
  const now = tool.value;
  if (!SETS_CORNERS.has(now)) return null;
  const isTracing = now === 'trace';
  const on = isSnapping.value || isTracing;
  return (
    <div class="snap-switch">
      <IconButton
        icon="magnet"
        label={t(on ? 'edit.snap.on' : 'edit.snap.off')}
        pressed={on}
        why={isTracing ? t('edit.snap.tracing') : null}
        onClick={() => (isSnapping.value = !isSnapping.peek())}
      />
      <output class={`snap-caught${caught.value === null ? '' : ' is-shown'}`}>{caughtText()}</output>
    </div>
  );
}

function caughtText(): string {
  const now = caught.value;
  if (now === null) return '';
  return t(now.isCorner ? 'edit.snap.corner' : 'edit.snap.edge', { what: nameOfOwner(now.owner) });
}

function nameOfOwner(owner: SnapOwner): string {
  switch (owner.kind) {
    case 'own':
      return t('edit.snap.own');
    case 'cell':
      return t('edit.snap.cell', { stage: t(`stage.${owner.stage}`) });
    case 'boundary':
      return tCode('boundary', owner.boundary);
    case 'facility':
      return nameOf(owner) || tCode('facility', owner.type);
  }
}
