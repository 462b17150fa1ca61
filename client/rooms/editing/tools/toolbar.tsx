import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n/t.ts';
import type { Key } from '../../../i18n/t.ts';
import { partition } from '../../../state/mine/land.ts';
import { boundaries } from '../../../state/mine/places.ts';
import { canRedo, canUndo, dispatch, session, shapeFault, tool, type EditTool } from '../../../state/editing/store.ts';
import { notify } from '../../../state/notices.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Icon, type IconName } from '../../../ui/icon.tsx';

const GROUPS = [
  { name: 'draw', tools: ['draw', 'hole', 'rectangle', 'trace'] },
  { name: 'edit', tools: ['select', 'move'] },
  { name: 'shape', tools: ['split', 'merge', 'cut-out', 'clip', 'offset'] },
  { name: 'take', tools: ['copy'] },
] as const satisfies readonly { readonly name: string; readonly tools: readonly EditTool[] }[];

const ICONS: Readonly<Record<EditTool, IconName>> = {
  draw: 'draw',
  hole: 'hole',
  rectangle: 'rectangle',
  trace: 'trace',
  select: 'corners',
  move: 'move',
  split: 'split',
  merge: 'merge',
  'cut-out': 'cut',
  clip: 'clip',
  offset: 'offset',
  copy: 'copy',
};

const WITHOUT_DRAWING: ReadonlySet<EditTool> = new Set(['draw', 'rectangle', 'trace', 'copy']);
const ON_LAND: ReadonlySet<EditTool> = new Set(['merge', 'copy']);

/** Why a tool is of no use now; null = it is. */
function whyNotTool(one: EditTool): Extract<Key, `edit.why.${string}`> | null {
  if (!WITHOUT_DRAWING.has(one) && session.value.rings.length === 0) return 'edit.why.empty';
  if (ON_LAND.has(one) && (partition.data.value?.features.length ?? 0) === 0) return 'edit.why.no-cells';
  return one === 'clip' && (boundaries.data.value?.length ?? 0) === 0 ? 'edit.why.no-boundary' : null;
}

/** Every tool in its group, and the way back and forth. */
export function Toolbar() {
  return (
    <div class="tools" role="toolbar" aria-label={t('edit.tools')}>
      {GROUPS.map(({ name, tools }) => (
        <fieldset key={name} class="tool-group">
          <legend class="visually-hidden">{t(`edit.group.${name}`)}</legend>
          <span class="tool-group-name" aria-hidden="true">
            {t(`edit.group.${name}`)}
          </span>
          <span class="tool-row">
            {tools.map(one => (
              <ToolButton key={one} tool={one} />
            ))}
            {name === 'take' && <History />}
          </span>
        </fieldset>
      ))}
    </div>
  );
}

function ToolButton({ tool: one }: { readonly tool: EditTool }) {
  const reason = whyNotTool(one);
  const why = reason === null ? null : t(reason);
  const isChosen = tool.value === one;
  const element = useRef<HTMLButtonElement>(null);
  // In the one row of a phone the tool in hand may lie beyond the edge.
  useEffect(() => {
    const row = element.current?.closest('.tools');
    if (isChosen && row && row.scrollWidth > row.clientWidth)
      element.current?.scrollIntoView?.({ inline: 'center', block: 'nearest' });
  }, [isChosen]);
  return (
    <button
      ref={element}
      type="button"
      class="tool"
      aria-pressed={isChosen}
      aria-disabled={why !== null}
      title={why ?? t(`edit.tool.${one}.hint`)}
      onClick={() => (why === null ? take(one) : notify(why))}
    >
      <Icon name={ICONS[one]} />
      <span>{t(`edit.tool.${one}`)}</span>
      {why !== null && <span class="visually-hidden">{t('ui.aside', { of: '', why })}</span>}
    </button>
  );
}

/** What the last tool could not do is no word on this one. */
function take(one: EditTool): void {
  tool.value = one;
  shapeFault.value = null;
}

function History() {
  const [undo, redo] = [canUndo.value, canRedo.value];
  return (
    <span class="tool-history">
      <IconButton
        icon="undo"
        label={undo ? t('edit.undo', { what: t(`edit.step.${undo}`) }) : t('edit.undo.none')}
        why={undo ? null : t('edit.undo.none')}
        onClick={() => dispatch({ type: 'undo' })}
      />
      <IconButton
        icon="redo"
        label={redo ? t('edit.redo', { what: t(`edit.step.${redo}`) }) : t('edit.redo.none')}
        why={redo ? null : t('edit.redo.none')}
        onClick={() => dispatch({ type: 'redo' })}
      />
    </span>
  );
}
