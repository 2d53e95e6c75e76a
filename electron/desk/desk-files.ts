/** Names of the desk's files in its data folder. */
export const deskFiles = { database: 'desk.db', key: 'desk.key.json' } as const;

/** The folder of digitised papers beside them. */
export const attachmentsFolder = 'attachments';
