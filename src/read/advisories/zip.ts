import { open, type FileHandle } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import type { DataBounds, DataFile } from './files.ts';

/** The JSON files in a zip, one by one. A broken one is said and passed over; throws for what is no zip. */
export async function* zipTexts(path: string, bounds: DataBounds): AsyncGenerator<DataFile> {
  const handle = await open(path);
  try {
    const zip = await fromFdPromise(handle.fd, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry())
      if (entry.fileName.endsWith('.json')) yield await textOf(zip, entry, handle, path, bounds);
  } finally {
    await handle.close();
  }
}

const STORED = 0;
const DEFLATED = 8;

/** The library's streams take five times as long for small entries, so their bytes are read here. */
async function textOf(
  zip: ZipFile,
  entry: Entry,
  handle: FileHandle,
  path: string,
  { fileBytes }: DataBounds,
): Promise<DataFile> {
  const where = `${path}/${entry.fileName}`;
  const { compressedSize, compressionMethod, uncompressedSize } = entry;
  if (Math.max(compressedSize, uncompressedSize) > fileBytes)
    return { where, because: `it is longer than ${fileBytes} bytes` };
  if (entry.isEncrypted() || (compressionMethod !== STORED && compressionMethod !== DEFLATED))
    return { where, because: 'it is packed in a way that cannot be read' };
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(compressedSize),
      0,
      compressedSize,
      fileDataStart,
    );
    const packed = buffer.subarray(0, bytesRead);
    // What unpacks to more than the zip promises ends here.
    const bytes =
      compressionMethod === STORED
        ? packed
        : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
    return crc32(bytes) === entry.crc32
      ? { where, text: bytes.toString('utf8') }
      : { where, because: 'its checksum does not fit' };
  } catch (error) {
    return { where, because: error instanceof Error ? error.message : String(error) };
  }
}
