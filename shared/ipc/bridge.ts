import type { Outcome } from '#shared/errors/index.ts';
import type { ChannelName, RequestOf, ResponseOf } from './map.ts';
import type { DeskEvent } from './views.ts';

/** What the preload puts on `window.desk`; nothing else crosses into the page. */
export interface DeskBridge {
  call<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>>>;
  /** Calls back on each event until the returned function is called. */
  listen(listener: (event: DeskEvent) => void): () => void;
}
