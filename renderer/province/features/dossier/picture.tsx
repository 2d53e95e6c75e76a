import type { CSSProperties, ReactNode } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { civil, formatDate } from '#shared/deadline/index.ts';
import type { EvidenceLine } from '#shared/province/index.ts';
import { wordsOf } from './lines.ts';
import { scaleFor, ticksOf, type Scale } from './scale.ts';

/** The evidence on one line of time: anchors, outages, when the term stood still, acts with their credible intervals, news; the due dates through all. */
export function Picture({ lines }: { lines: readonly EvidenceLine[] }): React.JSX.Element {
  const { t } = useText();
  const scale = scaleFor(lines);
  const dues = lines.filter((line) => line.type === 'due');
  const lanes = lines.some(({ type }) => type === 'standing-still') ? 5 : 4;
  const standing = lines.filter((line) => line.type === 'standing-still');
  return (
    <div className="evidence-picture" role="img" aria-label={t('evidence.picture')}>
      <Lane title="evidence.lane.anchors">{lines.filter((line) => line.type === 'anchor').map((line) => <Mark key={`${line.log} ${line.seq}`} line={line} scale={scale} kind="anchor" />)}</Lane>
      <Lane title="evidence.lane.outages">
        {lines.map((line, index) => (line.type === 'outage' || line.type === 'desk-off'
          ? <Band key={index} line={line} from={line.at} to={line.to ?? scale.to} scale={scale} kind={line.type === 'desk-off' ? 'off' : `outage by-${line.by}`} />
          : null))}
      </Lane>
      {standing.length > 0 ? (
        <Lane title="evidence.lane.standing">
          {standing.map((line) => <Band key={line.at} line={line} from={line.at} to={line.to ?? scale.to} scale={scale} kind="standing" />)}
        </Lane>
      ) : null}
      <Lane title="evidence.lane.acts">
        {lines.map((line) => (line.type === 'act'
          ? <Band key={line.entry} line={line} from={line.interval.min ?? scale.from} to={line.interval.max ?? scale.to} scale={scale} kind={`act${line.decides ? '' : ' beside'}${line.dropped ? ' dropped' : ''}`} />
          : null))}
      </Lane>
      <Lane title="evidence.lane.news">{lines.filter((line) => line.type === 'news').map((line) => <Mark key={line.at} line={line} scale={scale} kind="news" />)}</Lane>
      <div className="evidence-axis" aria-hidden="true">
        {ticksOf(scale).map((at) => (
          <span key={at} style={left(scale.place(at))}>
            {civil(at).time === '00:00' ? formatDate(civil(at).date) : civil(at).time}
          </span>
        ))}
        {dues.map((due) => (
          <div key={`${due.by} ${due.at}`} className={due.current ? 'evidence-due' : 'evidence-due before'} style={{ ...left(scale.place(due.at)), height: `${1.25 + lanes * 1.875}rem` }}>
            <span>{t(due.current ? 'evidence.due' : 'evidence.dueBefore')} {civil(due.at).time}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function left(percent: number): CSSProperties {
  return { left: `${percent}%` };
}

type LaneTitle = 'evidence.lane.anchors' | 'evidence.lane.outages' | 'evidence.lane.standing' | 'evidence.lane.acts' | 'evidence.lane.news';

function Lane({ title, children }: { title: LaneTitle; children: ReactNode }): React.JSX.Element {
  const { t } = useText();
  return (
    <div className="evidence-lane">
      <span className="muted small">{t(title)}</span>
      <div>{children}</div>
    </div>
  );
}

function Mark({ line, scale, kind }: { line: EvidenceLine; scale: Scale; kind: string }): React.JSX.Element | null {
  const { t, language } = useText();
  if (line.at < scale.from || line.at > scale.to) return null;
  const { at, what } = wordsOf(line, t, language);
  return <span className={`evidence-mark ${kind}`} style={left(scale.place(line.at))} title={`${what} · ${at}`} />;
}

function Band({ line, from, to, scale, kind }: { line: EvidenceLine; from: number; to: number; scale: Scale; kind: string }): React.JSX.Element | null {
  const { t, language } = useText();
  if (to < scale.from || from > scale.to) return null;
  const start = scale.place(from);
  const { at, what, detail } = wordsOf(line, t, language);
  return <span className={`evidence-band ${kind}`} style={{ left: `${start}%`, width: `${scale.place(to) - start}%` }} title={`${what} · ${at} · ${detail}`} />;
}
