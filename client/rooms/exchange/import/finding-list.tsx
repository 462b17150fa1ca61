import { boxOf } from '../../../../gis/geometry/position/box.ts';
import type { Box, MultiPolygon } from '../../../../gis/types.ts';
import type { ImportFinding } from '../../../api/imports.ts';
import { sentenceOf } from '../../../i18n/format.ts';
import { locale } from '../../../i18n/locale.ts';
import { t } from '../../../i18n/t.ts';
import { applyFix, importAnswer, showEarlier } from '../../../state/mine/importing.ts';
import { showBox } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { DatumParameters } from './datum-parameters.tsx';

const TONES = { error: 'bad', warning: 'warn', info: 'plain' } as const;
const AROUND_DEG = 0.0015;
const WRITTEN_BEFORE: ReadonlySet<string> = new Set(['imported-before', 'outlines-imported-before']);
const NEEDS_PARAMETERS: ReadonlySet<string> = new Set(['datum-needs-parameters', 'crs-datum-parameters-required']);

/** What was found, numbered as on the map, with what can be done about it. */
export function FindingList({ findings }: { readonly findings: readonly ImportFinding[] }) {
  if (findings.length === 0) {
    return (
      <p class="note note-good">
        <Icon name="check" /> {t('import.sound')}
      </p>
    );
  }
  return (
    <ol class="issues" aria-label={t('import.findings')}>
      {findings.map((finding, index) => (
        <li key={`${finding.code}-${finding.row ?? 0}-${index}`} class={`note note-${TONES[finding.severity]}`}>
          <span class="issue-number">{index + 1}</span>
          <FindingText finding={finding} />
          <FindingCommands finding={finding} />
          {NEEDS_PARAMETERS.has(finding.code) && <DatumParameters finding={finding} />}
        </li>
      ))}
    </ol>
  );
}

function FindingText({ finding: { row, point, message } }: { readonly finding: ImportFinding }) {
  const place = [
    row === undefined ? '' : t('import.row', { row }),
    point === undefined ? '' : t('import.point', { point }),
  ].filter(text => text !== '');
  return (
    <span class="grow">
      {place.length > 0 && <strong>{`${place.join(t('ui.comma'))} `}</strong>}
      {sentenceOf(message)}
    </span>
  );
}

function FindingCommands({ finding }: { readonly finding: ImportFinding }) {
  const { fix, choices } = finding;
  const place = placeOf(finding);
  const earlier = WRITTEN_BEFORE.has(finding.code) ? Number(finding.params?.['id']) : undefined;
  const offers = [...(fix === undefined ? [] : [fix]), ...(choices ?? [])];
  if (place === undefined && offers.length === 0 && earlier === undefined) return null;
  return (
    <span class="row row-wrap import-commands">
      {place !== undefined && (
        <button type="button" class="link small" onClick={() => showBox(place, 18)}>
          {t('edit.issues.show')}
        </button>
      )}
      {earlier !== undefined && (
        <>
          <button type="button" class="link small" onClick={() => void showEarlier(earlier)}>
            {t('import.earlier.show')}
          </button>
          <a class="link small" href={`/api/v1/imports/${earlier}/verdict.pdf`} download>
            {t('import.earlier.verdict', { id: earlier })}
          </a>
        </>
      )}
      {offers.map((offer, index) => (
        <Button
          key={`${offer.code}-${index}`}
          small
          kind={index === 0 && fix !== undefined ? 'primary' : 'plain'}
          onClick={() => void applyFix(offer.fixes)}
        >
          {locale.value === 'en' ? offer.label.en : offer.label.zh}
        </Button>
      ))}
    </span>
  );
}

/** The place that a finding names, or else the whole row it is about. */
function placeOf({ position, row }: ImportFinding): Box | undefined {
  if (position !== undefined) {
    const [lng, lat] = position;
    return [lng - AROUND_DEG, lat - AROUND_DEG, lng + AROUND_DEG, lat + AROUND_DEG];
  }
  const outline = row === undefined ? undefined : importAnswer.value?.features.find(({ id }) => id === row)?.geometry;
  const box = outline && boxOf(outline as MultiPolygon);
  return box && [box[0] - AROUND_DEG, box[1] - AROUND_DEG, box[2] + AROUND_DEG, box[3] + AROUND_DEG];
}
