import { decompress as unzstd } from 'fzstd';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import snappy from 'snappyjs';

/** A batch of records, decompressed. Producers send a megabyte as a rule; nobody means more than this. */
const batchBytesMax = 64 * 1024 * 1024;
/** How snappy-java frames its blocks: this, two numbers of four bytes, then blocks with their lengths before them. */
const javaFrame = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);

export function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, javaFrame.length).equals(javaFrame)) return Buffer.from(snappy.uncompress(bytes, batchBytesMax));
  const blocks: Buffer[] = [];
  for (let at = 16; at < bytes.length;) {
    const end = at + 4 + bytes.readInt32BE(at);
    blocks.push(Buffer.from(snappy.uncompress(bytes.subarray(at + 4, end), batchBytesMax)));
    at = end;
  }
  return Buffer.concat(blocks);
}

const bounded = (bytes: Uint8Array): Buffer => {
  if (bytes.length > batchBytesMax) throw new Error(`a batch of records has ${bytes.length} bytes; ${batchBytesMax} are read`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
};

/** kafkajs brings gzip; the others are given to it here, for reading. */
export function installCodecs(): void {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  const compress = () => Promise.reject(new Error('what is published is not compressed'));
  codecs[types.Snappy] = () => ({ compress, decompress: async (bytes: Buffer) => unsnappy(bytes) });
  codecs[types.LZ4] = () => ({ compress, decompress: async (bytes: Buffer) => bounded(lz4.decompress(bytes)) });
  codecs[types.ZSTD] = () => ({ compress, decompress: async (bytes: Buffer) => bounded(unzstd(bytes)) });
}
