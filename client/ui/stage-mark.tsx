import type { Stage } from '../api/shapes/codes.ts';
import { t } from '../i18n/t.ts';
import { STAGE_STYLE } from './stage-style.ts';

/** The colour of a stage, with its pattern where colour alone would carry meaning. Decoration beside the stage's name. */
export function StageSwatch({ stage }: { readonly stage: Stage }) {
  const { fill, pattern } = STAGE_STYLE[stage];
  return (
    <span
      class={`swatch${pattern === undefined ? '' : ` swatch-${pattern}`}`}
      style={{ '--fill': fill }}
      aria-hidden="true"
    />
  );
}

export function StageName({ stage }: { readonly stage: Stage }) {
  return (
    <span class="stage-name">
      <StageSwatch stage={stage} />
      <span>{t(`stage.${stage}`)}</span>
    </span>
  );
}

/** A bar whose parts are areas of stages, in the order of the stages. Read aloud as one sentence given by `label`. */
export function StageBar({
  areas,
  label,
}: {
  readonly areas: readonly { stage: Stage; areaM2: number }[];
  readonly label: string;
}) {
  const sum = areas.reduce((all, part) => all + part.areaM2, 0);
  return (
    <div>
      <p class="visually-hidden">{label}</p>
      <div class="stage-bar" aria-hidden="true">
        {areas
          .filter(part => part.areaM2 > 0)
          .map(({ stage, areaM2 }) => {
            const { fill, pattern } = STAGE_STYLE[stage];
            return (
              <span
                key={stage}
                class={pattern === undefined ? undefined : `swatch-${pattern}`}
                style={{ '--fill': fill, flexGrow: areaM2 / sum }}
              />
            );
          })}
      </div>
    </div>
  );
}
