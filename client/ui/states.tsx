import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiProblem } from '../api/problem.ts';
import { problemText } from '../i18n/problems.ts';
import { t } from '../i18n/t.ts';
import type { Loaded, Resource } from '../state/resource.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Grey bars where text will be; `lines` roughly as long as what comes. */
export function Skeleton({ lines = 3 }: { readonly lines?: number | undefined }) {
  return (
    <div class="skeleton">
      <span class="visually-hidden">{t('ui.loading')}</span>
      {Array.from({ length: lines }, (_unused, index) => (
        <span key={index} class="skeleton-line" />
      ))}
    </div>
  );
}

/** Seconds since it was first shown: of work that cannot say how far it is. Not read aloud, second by second. */
export function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startMs = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - startMs) / 1000)), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class="num" aria-hidden="true">
      {t('ui.seconds', { seconds })}
    </span>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export interface ProblemNoteProps {
  readonly problem: ApiProblem;
  readonly onRetry?: (() => void) | undefined;
}

/** A refusal or fault in words, with the number under which the server logged it. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  return (
    <div class="note note-bad" role="alert">
      <Icon name="warn" />
      <div class="grow stack-tight">
        <p>{problemText(problem)}</p>
        {problem.requestId !== undefined && (
          <p class="small muted">
            {t('ui.request')} <code>{problem.requestId}</code>
          </p>
        )}
        {onRetry && (
          <div>
            <Button small onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

export interface LoadedViewProps<T> {
  readonly from: Resource<T>;
  readonly lines?: number | undefined;
  readonly isEmpty?: ((data: T) => boolean) | undefined;
  readonly empty?: string | undefined;
  readonly children: (data: T) => ComponentChildren;
}

/** Loading, error, empty or the thing itself: every panel goes through this one, so that none forgets a case. */
export function LoadedView<T>({ from, lines, isEmpty, empty, children }: LoadedViewProps<T>) {
  const loaded: Loaded<T> = from.state.value;
  const data = from.data.value;
  if (loaded.status === 'error' && data === undefined)
    return <ProblemNote problem={loaded.problem} onRetry={() => from.reload()} />;
  if (data === undefined) return <Skeleton lines={lines} />;
  return (
    <div class={`loaded${loaded.status === 'loading' ? ' is-refreshing' : ''}`} aria-busy={loaded.status === 'loading'}>
      {loaded.status === 'error' && <ProblemNote problem={loaded.problem} onRetry={() => from.reload()} />}
      {isEmpty?.(data) && empty !== undefined ? <Empty>{empty}</Empty> : children(data)}
    </div>
  );
}
