import { BOUNDARY_KINDS, STAGES } from '../../api/shapes/codes.ts';
import { t } from '../../i18n/t.ts';
import { boundaries } from '../../state/mine/places.ts';
import { mineId } from '../../state/selection.ts';
import { StageSwatch } from '../../ui/stage-mark.tsx';

/** The stages in the order in which land goes through them. */
export function StageKey() {
  return (
    <ul class="key">
      {STAGES.filter(stage => stage !== 'UND').map(stage => (
        <li key={stage} class="stage-name">
          <StageSwatch stage={stage} />
          <span>{t(`stage.${stage}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Kinds of boundary; where a mine is open, only those that it has. */
export function BoundaryKey() {
  const present = new Set(boundaries.data.value?.map(boundary => boundary.kind));
  const kinds = BOUNDARY_KINDS.filter(kind => mineId.value === null || present.size === 0 || present.has(kind));
  return (
    <ul class="key">
      {kinds.map(kind => (
        <li key={kind} class="stage-name">
          <span class={`line-key line-${kind}`} aria-hidden="true" />
          <span>{t(`boundary.${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}
