import { useText } from '#renderer/i18n/index.ts';
import { StateWord, type Tone } from '#renderer/ui/index.ts';
import type { OldWay, VerdictKind } from '#shared/evidence/index.ts';

const tones: Readonly<Record<VerdictKind, Tone>> = {
  on_time: 'positive', cleared: 'positive', late: 'danger', entered_late: 'warning', in_term: 'plain', awaiting_desk: 'waiting', undetermined: 'warning',
};

/** A verdict in words. Red means really late, nothing else. */
export function VerdictWord({ kind }: { kind: VerdictKind }): React.JSX.Element {
  const { t } = useText();
  return <StateWord tone={tones[kind]}>{t(`verdict.${kind}`)}</StateWord>;
}

/** What the old way says: plain words, because it is no verdict of ours and may be wrong. */
export function OldWayWord({ oldWay }: { oldWay: OldWay }): React.JSX.Element {
  const { t } = useText();
  return <span className="muted">{t(`oldWay.${oldWay}`)}</span>;
}
