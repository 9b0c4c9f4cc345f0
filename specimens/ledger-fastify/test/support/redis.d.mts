export function startRedis(port?: number): Promise<{ readonly url: string; stop(): Promise<void> }>;
