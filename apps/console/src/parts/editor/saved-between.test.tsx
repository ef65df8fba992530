// Somebody else saves while a text is being written: nothing that was typed is lost, and nothing of theirs is overwritten unseen.
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from '@jest/globals';
import { act, screen, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { flowDetail, flowItems, flowYaml, mapping, mappingSource } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

/** What a mapping gives is no matter here; a worker that never answers is enough. */
class SilentWorker extends EventTarget {
  postMessage() {}
  terminate() {}
}
Object.assign(globalThis, { Worker: SilentWorker });

const editor = async (label: string) => EditorView.findFromDOM(await screen.findByRole('textbox', { name: label }))!;
const writeAtTheEnd = (view: EditorView, insert: string) => act(() => view.dispatch({ changes: { from: view.state.doc.length, insert } }));
const item = flowItems[0]!;
const theirYaml = flowYaml.replace('flow: stripe-invoices', 'flow: stripe-invoices\ndescription: Theirs');
const theirFlow = () => ({
  ...flowDetail({ ...item, release: { ...item.release, version: 99, createdBy: 'grace@example.test' } }, {}),
  yaml: theirYaml,
});

describe('a flow that two people change', () => {
  it('keeps what was typed when somebody else saves, and puts both together', async () => {
    const { engine, queries, person } = openConsole('/flows/stripe-invoices');
    const view = await editor('Flow file');
    writeAtTheEnd(view, '# mine\n');
    engine.answer('GET /v1/flows/:name', theirFlow);
    await act(() => queries.invalidateQueries({ queryKey: ['flows'] }));
    await screen.findByText('grace@example.test saved version 99 in between');
    expect((await editor('Flow file')).state.doc.toString()).toBe(`${flowYaml}# mine\n`);
    expect(screen.getByRole('button', { name: 'Save…' })).toBeDisabled();
    await person.click(screen.getByRole('button', { name: 'Put both together' }));
    expect((await editor('Flow file')).state.doc.toString()).toBe(`${theirYaml}# mine\n`);
    expect(screen.queryByText(/in between/)).toBeNull();
  });

  it('is not saved over a release that nobody here has seen', async () => {
    const engine = createFakeEngine();
    engine.answer('PUT /v1/flows/:name', () => problem(409, 'CONFLICT', 'stripe-invoices is at release 99: somebody saved in between.'));
    const { person } = openConsole('/flows/stripe-invoices', engine);
    writeAtTheEnd(await editor('Flow file'), 'priority: low\n');
    const save = await screen.findByRole('button', { name: 'Save…' });
    await screen.findByText('No problems');
    await person.click(save);
    engine.answer('GET /v1/flows/:name', theirFlow);
    await person.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }));
    await screen.findByText('grace@example.test saved version 99 in between');
    expect(engine.writes.find(({ call }) => call.startsWith('PUT'))).toMatchObject({ body: { expectedVersion: item.release.version } });
  });

  it('follows quietly where nothing was typed, and keeps the text while the releases are looked at', async () => {
    const { engine, queries, person } = openConsole('/flows/stripe-invoices');
    await editor('Flow file');
    engine.answer('GET /v1/flows/:name', theirFlow);
    await act(() => queries.invalidateQueries({ queryKey: ['flows'] }));
    await screen.findByText(/release 99/);
    const view = await editor('Flow file');
    expect(view.state.doc.toString()).toBe(theirYaml);
    writeAtTheEnd(view, '# mine\n');
    await person.click(screen.getByRole('tab', { name: 'Releases' }));
    await person.click(await screen.findByRole('tab', { name: 'Design' }));
    expect((await editor('Flow file')).state.doc.toString()).toBe(`${theirYaml}# mine\n`);
  });
});

describe('a save that changes nothing', () => {
  it('says so, and not that a release went live', async () => {
    const engine = createFakeEngine();
    engine.answer('PUT /v1/flows/:name', () => ({ ...flowDetail(item, {}), made: null }));
    const { person } = openConsole('/flows/stripe-invoices', engine);
    writeAtTheEnd(await editor('Flow file'), '# a comment\n');
    await screen.findByText('No problems');
    await person.click(await screen.findByRole('button', { name: 'Save…' }));
    await person.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }));
    await screen.findByText('Nothing to save');
    expect(screen.queryByText('Flow saved')).toBeNull();
  });
});

describe('a mapping that two people change', () => {
  it('keeps what was typed while the versions are looked at, and when somebody else saves', async () => {
    const { engine, queries, person } = openConsole('/mappings/stripe-invoice');
    writeAtTheEnd(await editor('Mapping expression'), '/* mine */');
    await person.click(screen.getByRole('tab', { name: 'Versions' }));
    await person.click(await screen.findByRole('tab', { name: 'Editor' }));
    expect((await editor('Mapping expression')).state.doc.toString()).toBe(`${mappingSource}/* mine */`);
    engine.answer('GET /v1/mappings/:name', () => ({
      ...mapping,
      version: 99,
      source: `/* theirs */ ${mappingSource}`,
      versions: [{ ...mapping.versions[0]!, version: 99, createdBy: 'grace@example.test' }, ...mapping.versions],
    }));
    await act(() => queries.invalidateQueries({ queryKey: ['mappings'] }));
    await screen.findByText('grace@example.test saved version 99 in between');
    expect((await editor('Mapping expression')).state.doc.toString()).toBe(`${mappingSource}/* mine */`);
    await person.click(screen.getByRole('button', { name: 'Take version 99' }));
    expect((await editor('Mapping expression')).state.doc.toString()).toBe(`/* theirs */ ${mappingSource}`);
  });
});
