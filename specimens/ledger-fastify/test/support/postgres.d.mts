export function startPostgres(port?: number): Promise<{ readonly url: string; stop(): Promise<void> }>;
