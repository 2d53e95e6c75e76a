import type { SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';

/** What must stay in sight as long as it holds: a trial key, a driven clock, a computer that is not enrolled. */
export function Banners({ banners }: { banners: SessionView['banners'] }): React.JSX.Element | null {
  const { t } = useText();
  if (banners.length === 0) return null;
  return <div className="standing-banners" role="note">{banners.map((banner) => <p key={banner}>{t(`banner.${banner}`)}</p>)}</div>;
}
