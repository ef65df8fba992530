import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> };

/** A button that goes somewhere: a real link, so it opens in a new tab like any other. */
export const LinkButton = createLink((props: ButtonProps & Native) => <Button component="a" {...props} />);

export const TextLink = createLink(
  (props: AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { ref?: Ref<HTMLAnchorElement> }) => (
    <Anchor {...props} />
  ),
);
