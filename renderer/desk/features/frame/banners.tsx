import type { SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { useSession } from '../../state/session.ts';

/** What must stay in sight as long as it holds: a trial key, a driven clock, a computer that is not enrolled or is to go to another agency. */
export function Banners({ banners }: { banners: SessionView['banners'] }): React.JSX.Element | null {
  const { t } = useText();
  const transfer = useSession((state) => state.sync?.transfer);
  if (banners.length === 0 && !transfer) return null;
  return (
    <div className="standing-banners" role="note">
      {transfer ? <p>{t('banner.transfer', { agency: transfer.agencyName, desk: transfer.desk })}</p> : null}
      {banners.map((banner) => <p key={banner}>{t(`banner.${banner}`)}</p>)}
    </div>
  );
}
