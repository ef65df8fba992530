import { Kbd, Modal, Table } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { keysAreTaken } from '../parts/row-keys.js';

const opened = new EventTarget();
export const openShortcuts = () => void opened.dispatchEvent(new Event('open'));

const goTo = {
  o: '/overview',
  m: '/messages',
  r: '/runs',
  e: '/exceptions',
  a: '/approvals',
  f: '/flows',
  p: '/mappings',
  t: '/tables',
  c: '/connections',
} as const;

const sheet: [string[], string][] = [
  [['Ctrl', 'K'], 'Search, or jump to an id'],
  [['/'], 'Filter the list'],
  [['j'], 'Next row'],
  [['k'], 'Row before'],
  [['Enter'], 'Open the row'],
  [['Space'], 'Peek at the row'],
  [['x'], 'Select the row'],
  [['a'], 'Assign the exception, or the selected ones'],
  [['s'], 'Snooze'],
  [['e'], 'Resolve without posting'],
  [['r'], 'Replay'],
  [['Esc'], 'Close what is open'],
  [['g', 'o'], 'Overview'],
  [['g', 'm'], 'Messages'],
  [['g', 'e'], 'Exceptions'],
  [['g', 'r'], 'Runs'],
  [['g', 'a'], 'Approvals'],
  [['g', 'f'], 'Flows'],
  [['g', 'p'], 'Mappings'],
  [['g', 't'], 'Tables'],
  [['g', 'c'], 'Connections'],
  [['?'], 'This sheet'],
];

/** Keys that work everywhere, and the sheet that lists them. Each has a button or a link that does the same. */
export function Shortcuts() {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let went = 0;
    const onKey = (event: KeyboardEvent) => {
      if (keysAreTaken(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === 'g') went = event.timeStamp;
      else if (event.timeStamp - went < 1200 && event.key in goTo) {
        went = 0;
        void navigate({ to: goTo[event.key as keyof typeof goTo] });
      } else return;
      event.preventDefault();
    };
    const show = () => setOpen(true);
    window.addEventListener('keydown', onKey);
    opened.addEventListener('open', show);
    return () => {
      window.removeEventListener('keydown', onKey);
      opened.removeEventListener('open', show);
    };
  }, [navigate]);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keyboard shortcuts" size="sm">
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {sheet.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={110}>
                {keys.map((key) => (
                  <Kbd key={key} size="sm" mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
