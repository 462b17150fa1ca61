import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/t.ts';
import { subject } from '../state/editing/store.ts';
import { importMine } from '../state/mine/importing.ts';
import { mineId } from '../state/selection.ts';
import { sheet, type SheetSize } from '../state/view.ts';
import { IconButton } from '../ui/button.tsx';

const SIZES: readonly SheetSize[] = ['peek', 'half', 'full'];
/** Share of the screen's height that is free above the sheet when it stands at each size. */
const FREE: Readonly<Record<SheetSize, number>> = { peek: 0.78, half: 0.46, full: 0.06 };

/** Beside the map on a desk; on a phone a sheet from below that is dragged by its handle or moved by its buttons. */
export function SidePanel({ children }: { readonly children: ComponentChildren }) {
  const element = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = `${mineId.value} ${subject.value === null} ${importMine.value === null}`;
  const small = sheet.value === 'peek';
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [shown, small]);

  const grow = (by: 1 | -1): void => {
    sheet.value = SIZES[Math.min(2, Math.max(0, SIZES.indexOf(sheet.value) + by))] ?? 'half';
  };
  const drag = (start: PointerEvent): void => {
    const panel = element.current;
    if (panel === null || (start.target as HTMLElement).closest('button') !== null) return;
    const handle = start.currentTarget as HTMLElement;
    handle.setPointerCapture(start.pointerId);
    const top = panel.getBoundingClientRect().top;
    const move = (event: PointerEvent): void => {
      panel.style.setProperty('--sheet-top', `${top + event.clientY - start.clientY}px`);
      panel.classList.add('is-dragged');
    };
    const end = (event: PointerEvent): void => {
      handle.removeEventListener('pointermove', move);
      panel.classList.remove('is-dragged');
      panel.style.removeProperty('--sheet-top');
      const free = (top + event.clientY - start.clientY) / innerHeight;
      sheet.value = SIZES.reduce((best, size) =>
        Math.abs(FREE[size] - free) < Math.abs(FREE[best] - free) ? size : best,
      );
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  };

  return (
    <section ref={element} class={`panel panel-${sheet.value}`} id="panel" tabIndex={-1} aria-label={t('app.panel')}>
      <div class="panel-handle" onPointerDown={drag}>
        <span class="panel-grip" aria-hidden="true" />
        <span class="panel-buttons">
          <IconButton
            icon="chevron"
            label={t('app.panelLess')}
            why={sheet.value === 'peek' ? t('app.panelLeast') : null}
            onClick={() => grow(-1)}
          />
          <IconButton
            icon="chevronUp"
            label={t('app.panelMore')}
            why={sheet.value === 'full' ? t('app.panelMost') : null}
            onClick={() => grow(1)}
          />
        </span>
      </div>
      <div ref={scroller} class="panel-scroll">
        {children}
      </div>
    </section>
  );
}
