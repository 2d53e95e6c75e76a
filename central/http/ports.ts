import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { OfficerSession } from '#shared/province/index.ts';
import type { CentreAttachmentFiles } from '../attachments/index.ts';
import type { DecisionReader, DecisionRecords } from '../decisions/index.ts';
import type { CentreKeys } from '../keys/index.ts';
import type { OwnLog } from '../ledger/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { OfficerDesk } from '../officers/index.ts';
import type { Reports } from '../reports/index.ts';
import type { CentreStore } from '../store/index.ts';
import type { TicketDesk } from '../tickets/index.ts';
import type { CentreTime } from '../time/index.ts';
import type { Nonces } from './nonces.ts';

export type App = FastifyInstance<Server>;

/** What the routes stand on; all of it is passed in. */
export interface HttpPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly keys: CentreKeys;
  readonly time: CentreTime;
  readonly nonces: Nonces;
  readonly officers: OfficerDesk;
  readonly reports: Reports;
  readonly decisions: DecisionReader & DecisionRecords;
  readonly tickets: TicketDesk;
  readonly attachments: CentreAttachmentFiles;
  readonly metrics: Metrics;
  /** What the officer's pages must say about the centre itself. */
  readonly banners: OfficerSession['banners'];
  readonly software: string;
  readonly enrolmentsPerMinute: number;
  /** Batches in work at once; beyond them desks are asked to come again. */
  readonly batchesAtOnce: number;
  /** Folder of the officer's built pages. */
  readonly pages: string | undefined;
  /** Whether it is served over TLS. */
  readonly secure: boolean;
  /** Takes one line about something unforeseen; it holds no personal data. */
  readonly report: (line: string) => void;
}
