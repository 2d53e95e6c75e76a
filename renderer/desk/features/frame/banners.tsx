import type { SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { useSession } from '../../state/session.ts';

/**
 * What must stay in sight as long as it holds: a trial key, a driven clock, a computer that is not enrolled or is to go to another agency, a day that has to be closed before people leave. `onDay` opens the
 * day's page, where there is one.
 */
export function Banners({ banners, onDay }: { banners: SessionView['banners']; onDay?: () => void }): React.JSX.Element | null {
  const { t } = useText();
  const transfer = useSession((state) => state.sync?.transfer);
  const closeNeeded = useSession((state) => state.sync?.closeNeeded === true);
  if (banners.length === 0 && !transfer && !closeNeeded) return null;
  return (
    <div className="standing-banners" role="note">
      {closeNeeded ? <p>{t('banner.closeNeeded')}{onDay ? <> <button type="button" className="button button-link" onClick={onDay}>{t('banner.toDay')}</button></> : null}</p> : null}
      {transfer ? <p>{t('banner.transfer', { agency: transfer.agencyName, desk: transfer.desk })}</p> : null}
      {banners.map((banner) => <p key={banner}>{t(`banner.${banner}`)}</p>)}
    </div>
  );
}
