import { DataStore, Server, Upload } from '@tus/server';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { attachmentLimits } from '#shared/attachment/index.ts';
import type { CentreAttachmentFiles, ContentName } from './files.ts';

/** An upload's id inside the tus server: the content's hash and the agency, which no request can name. */
const idSchema = z.templateLiteral([z.string().regex(/^[0-9a-f]{64}$/), '.', z.string().min(1)]).transform((id): ContentName => ({ sha256: id.slice(0, 64), agency: decodeURIComponent(id.slice(65)) }));

/** The header by which an id is handed to the tus server; it comes from this process alone. */
const idHeader = 'x-upload-id';

/** A content came to its end and is not what its name says. */
export class WrongContent extends Error {}

/** Nothing is on its way under an id, in the words that the tus server reads. */
class NoUpload extends Error {
  readonly status_code = 404;
  readonly body = '';
}

class Contents extends DataStore {
  override extensions = ['creation'];
  private readonly files: CentreAttachmentFiles;

  constructor(files: CentreAttachmentFiles) {
    super();
    this.files = files;
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.files.begin(idSchema.parse(upload.id), upload.size ?? 0);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const name = idSchema.parse(id);
    const whole = await this.files.held(name);
    if (whole !== undefined) return new Upload({ id, size: whole, offset: whole });
    const arriving = await this.files.arriving(name);
    if (!arriving) throw new NoUpload();
    return new Upload({ id, size: arriving.bytes, offset: arriving.here });
  }

  /** The whole piece was received and its digest checked before: it is written at once or not at all. */
  override async write(stream: Readable, id: string): Promise<number> {
    const parts: Uint8Array[] = [];
    for await (const part of stream) parts.push(z.instanceof(Uint8Array).parse(part));
    return this.files.add(idSchema.parse(id), Buffer.concat(parts));
  }
}

/** One request of the protocol, whose sender and body were checked. */
export interface UploadRequest {
  readonly method: 'POST' | 'HEAD' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly name: ContentName;
}

/** Resumable uploads by tus 1.0 with its creation extension. */
export interface Uploads {
  /** Throws {@link WrongContent}, and what the files throw. */
  answer(request: UploadRequest): Promise<Response>;
}

export function openUploads(files: CentreAttachmentFiles, path: string): Uploads {
  const failures = new WeakMap<Request, Error>();
  const server = new Server({
    path,
    datastore: new Contents(files),
    maxSize: attachmentLimits.bytes,
    namingFunction: (request) => request.headers.get(idHeader) ?? '',
    getFileIdFromRequest: (request) => request.headers.get(idHeader) ?? undefined,
    generateUrl: (_request, { id }) => `${path}/${id.slice(0, 64)}`,
    allowedOrigins: () => false,
    async onUploadFinish(_request, { id }) {
      if (!(await files.finish(idSchema.parse(id)))) throw new WrongContent();
      return {};
    },
    onResponseError(request, error) {
      // What the protocol itself answers has its status; all else is for whoever asked.
      if (error instanceof Error && !('status_code' in error)) failures.set(request, error);
      return undefined;
    },
  });
  return {
    async answer({ method, headers, body, name }) {
      const id = `${name.sha256}.${encodeURIComponent(name.agency)}`;
      const request = new Request(`http://centre${path}${method === 'POST' ? '' : `/${name.sha256}`}`, {
        method, headers: { ...headers, [idHeader]: id }, ...(method === 'PATCH' ? { body: new Uint8Array(body) } : {}),
      });
      const response = await server.handleWeb(request);
      const failure = failures.get(request);
      if (failure !== undefined) throw failure;
      return response;
    },
  };
}
