import type { EvidenceContent, EvidenceTable } from './evidence-content.js';

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value: string | number | null): string => String(value ?? '').replace(/[&<>"']/g, (mark) => marks[mark]!);

function table({ caption, columns, rows }: EvidenceTable): string {
  const cell = (value: string | number | null, at: number) => `<td${columns[at]?.number ? ' class="n"' : ''}>${text(value)}</td>`;
  const head = columns.map(({ name, number }) => `<th scope="col"${number ? ' class="n"' : ''}>${text(name)}</th>`).join('');
  return `<table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}\n</tbody></table>`;
}

/** The evidence as a page that stands alone: no script, nothing fetched. Pure. */
export function evidencePage({ title, lead, tables, contentHash, exported }: EvidenceContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${text(title)}</title>
<style>
body { font: 13px/1.45 system-ui, sans-serif; color: #111; max-width: 1000px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; margin: 20px 0; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 3px 10px 3px 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: 11px; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; padding: 0; } table { page-break-inside: auto; } tr { page-break-inside: avoid; } thead { display: table-header-group; } }
</style>
</head>
<body>
<h1>${text(title)}</h1>
${lead.map((line) => `<p>${text(line)}</p>`).join('\n')}
${tables.map(table).join('\n')}
<p>Both signed the SHA-256 of <code>signed.json</code>: <code>${text(contentHash)}</code>. The hash of every file stands in <code>manifest.json</code>; <code>sha256sum</code> says the same.</p>
<p>${text(exported)}</p>
</body>
</html>
`;
}
