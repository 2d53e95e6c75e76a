/** Names of the desk's files in its data folder. */
export const deskFiles = { database: 'desk.db', key: 'desk.key.json' } as const;
