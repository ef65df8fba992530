import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink, useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> };

/** A button that goes somewhere: a real link, so it opens in a new tab like any other. */
export const LinkButton = createLink((props: ButtonProps & Native) => <Button component="a" {...props} />);

export const TextLink = createLink(
  (props: AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { ref?: Ref<HTMLAnchorElement> }) => (
    <Anchor {...props} />
  ),
);

/** A path of the console that the engine names: it opens here, or in a new tab like any other. */
export function PathLink({ path, ...rest }: { path: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'>) {
  const router = useRouter();
  return (
    <a
      {...rest}
      href={path}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        router.history.push(path);
      }}
    />
  );
}
