import { t } from '../../../i18n/t.ts';
import { selectedCorner, session, shapeFault, tool } from '../../../state/editing/store.ts';
import { removeChosen, stepCorner } from '../../../state/editing/tools/corners.ts';
import { PICK_TOOLS } from '../../../state/editing/tools/pickable.ts';
import { finishTrace, traced, turnTrace, unTrace } from '../../../state/editing/tools/tracing.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ClipForm } from './clip-form.tsx';
import { OffsetForm } from './offset-form.tsx';
import { changeStretch, stretch } from '../../../state/editing/tools/trace-along.ts';
import { TraceAlongForm } from './trace-along-form.tsx';
import { StrokeCommands } from './stroke-commands.tsx';
import { PickList } from './pick-list.tsx';
import { SplitForm } from './split-form.tsx';

/** What the tool in hand asks for, what it does, and why its last try did nothing. */
export function ToolOptions() {
  const now = tool.value;
  const fault = shapeFault.value;
  return (
    <div class="tool-options stack-tight">
      <p class={`small muted tool-hint${PICK_TOOLS.has(now) ? ' tool-hint-pick' : ''}`}>{t(`edit.tool.${now}.hint`)}</p>
      <StrokeCommands />
      {now === 'select' && session.value.rings.length > 0 && <CornerStepper />}
      {now === 'trace' && <TraceCommands />}
      {now === 'trace' && <TraceAlongForm />}
      {now === 'split' && <SplitForm />}
      {now === 'clip' && <ClipForm />}
      {now === 'offset' && <OffsetForm />}
      {PICK_TOOLS.has(now) && <PickList />}
      {fault !== null && (
        <p class="note note-warn" role="alert">
          <Icon name="warn" /> {t(`edit.shape.${fault}`)}
        </p>
      )}
    </div>
  );
}

/** Corners by keys alone: choose one, then move it with the arrows while this has the focus. */
function CornerStepper() {
  const corner = selectedCorner.value;
  const ring = session.value.rings.find(one => one.id === corner?.ringId);
  return (
    <div class="row corner-stepper" data-arrows="nudge">
      <IconButton icon="back" label={t('edit.corner.previous')} onClick={() => stepCorner(-1)} />
      <span class="num small grow" aria-live="polite">
        {corner === null || ring === undefined
          ? t('edit.corner.none')
          : t('edit.corner.of', { number: corner.index + 1, count: ring.positions.length })}
      </span>
      <IconButton icon="forward" label={t('edit.corner.next')} onClick={() => stepCorner(1)} />
      <IconButton
        icon="trash"
        label={t('edit.corner.remove')}
        why={corner === null ? t('edit.corner.none') : null}
        onClick={() => removeChosen()}
      />
    </div>
  );
}

function TraceCommands() {
  const { length } = traced.value;
  const open = stretch.value;
  const why = length < 2 ? t('edit.trace.few') : null;
  return (
    <div class="row row-wrap">
      <Button
        small
        why={open === null ? why : null}
        pressed={open?.isOtherWay}
        onClick={() => (open === null ? turnTrace() : changeStretch({ isOtherWay: !open.isOtherWay }))}
      >
        {t('edit.trace.turn')}
      </Button>
      <Button small icon="undo" why={length === 0 ? t('edit.undo.none') : null} onClick={unTrace}>
        {t('edit.trace.back')}
      </Button>
      <Button small icon="check" why={why} onClick={finishTrace}>
        {t('edit.trace.close')}
      </Button>
    </div>
  );
}
