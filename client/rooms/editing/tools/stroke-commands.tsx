import { t } from '../../../i18n/t.ts';
import { strokeUnderWay, strokeWish } from '../../../state/editing/tools/stroke.ts';
import { Button } from '../../../ui/button.tsx';

/** Ends, shortens or gives up the stroke on the map: what double clicks and keys do for those who have them. */
export function StrokeCommands() {
  const stroke = strokeUnderWay.value;
  if (stroke === null) return null;
  return (
    <div class="row row-wrap stroke-commands">
      <Button
        small
        kind="primary"
        icon="check"
        why={stroke.canFinish ? null : t('edit.stroke.more')}
        onClick={() => (strokeWish.value = 'finish')}
      >
        {t('edit.stroke.finish')}
      </Button>
      <Button small icon="undo" onClick={() => (strokeWish.value = stroke.canGoBack ? 'back' : 'drop')}>
        {t('edit.trace.back')}
      </Button>
      <Button small kind="quiet" onClick={() => (strokeWish.value = 'drop')}>
        {t('edit.stroke.drop')}
      </Button>
    </div>
  );
}
