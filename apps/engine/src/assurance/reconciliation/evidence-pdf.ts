import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake, { type Content, type Definition } from 'pdfmake';
import type { EvidenceContent, EvidenceTable } from './evidence-content.js';

const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const faces = {
  normal: 'Roboto-Regular.ttf',
  bold: 'Roboto-Medium.ttf',
  italics: 'Roboto-Italic.ttf',
  bolditalics: 'Roboto-MediumItalic.ttf',
};
pdfmake.setFonts({ Roboto: Object.fromEntries(Object.entries(faces).map(([face, file]) => [face, join(fonts, file)])) });
// What people wrote is text; nothing is fetched for it, and of the disk only the letters are read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts));

/** The evidence on A4 across, with the heads of tables on every page. `at`: the time in the file, so that it is that of the export. */
export const evidencePdf = (content: EvidenceContent, at: Date): Promise<Buffer> => pdfmake.createPdf(definition(content, at)).getBuffer();

/** Pure. */
function definition({ title, lead, tables, contentHash, exported }: EvidenceContent, at: Date): Definition {
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 36, 36, 44],
    info: { title, creator: 'Waybill', producer: 'Waybill', creationDate: at },
    language: 'en',
    displayTitle: true,
    defaultStyle: { font: 'Roboto', fontSize: 8.5, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 15, bold: true, margin: [0, 0, 0, 4] },
      caption: { fontSize: 9.5, bold: true, margin: [0, 12, 0, 3] },
      head: { bold: true, color: '#444444' },
    },
    footer: (page, pages) => ({
      columns: [
        { text: `${title} · ${contentHash}`, fontSize: 7 },
        { text: `${page} / ${pages}`, fontSize: 7, alignment: 'right', width: 60 },
      ],
      margin: [36, 12, 36, 0],
      color: '#666666',
    }),
    content: [
      { text: title, style: 'title' },
      ...lead.map((line): Content => ({ text: line, margin: [0, 1, 0, 1] })),
      ...tables.flatMap(tableOf),
      {
        text: `Both signed the SHA-256 of signed.json: ${contentHash}. The hash of every file stands in manifest.json; sha256sum says the same.`,
        margin: [0, 12, 0, 2],
      },
      { text: exported },
    ],
  };
}

function tableOf({ caption, columns, rows }: EvidenceTable): Content[] {
  const aligned = (at: number) => (columns[at]?.number ? { alignment: 'right' as const, noWrap: true } : {});
  // The last column of words takes the room that is left.
  const widest = columns.reduce((last, { number, hash }, at) => (number || hash ? last : at), 0);
  return [
    { text: caption, style: 'caption' },
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        keepWithHeaderRows: 1,
        widths: columns.map((_, at) => (at === widest ? '*' : 'auto')),
        body: [
          columns.map(({ name }, at) => ({ text: name, style: 'head', ...aligned(at) })),
          ...rows.map((row) =>
            row.map((value, at) => ({
              text: String(value ?? ''),
              ...aligned(at),
              ...(columns[at]?.hash ? { fontSize: 7, noWrap: true } : {}),
            })),
          ),
        ],
      },
    },
  ];
}
