import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './badge.module.css';
import type { Tone } from './tone.js';

/** A state as icon and word. The colour only repeats what the word says. */
export function StateMark({ icon: Glyph, tone, children, title }: { icon: Icon; tone: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={classes.mark} data-tone={tone} title={title}>
      <Glyph size={14} stroke={2} aria-hidden />
      <span className={classes.word}>{children}</span>
    </span>
  );
}
