import { useState } from 'preact/hooks';
import type { ImportFinding } from '../../../api/imports.ts';
import { t } from '../../../i18n/t.ts';
import { applyFix } from '../../../state/mine/importing.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { readParameters } from './read-parameters.ts';

/** Where the parameters of the survey office are typed, for a file on an older datum. */
export function DatumParameters({ finding }: { readonly finding: ImportFinding }) {
  const [text, setText] = useState('');
  const towgs84 = readParameters(text);
  const datum = finding.params?.['datumCode'];
  return (
    <div class="form-grid">
      <TextField label={t('import.datum')} hint={t('import.datum.hint')} value={text} onInput={setText} />
      <div>
        <Button
          small
          why={towgs84 === undefined ? t('import.datum.why') : null}
          onClick={() => void applyFix({ towgs84, ...(datum === undefined ? {} : { datum }) })}
        >
          {t('import.datum.use')}
        </Button>
      </div>
    </div>
  );
}
