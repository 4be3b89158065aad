import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from '@/ui/Dialog.module.css';
import { useFocusNearby } from '@/ui/useFocusNearby.ts';

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  /** Whether Escape and a click beside it close it. */
  lightDismiss?: boolean;
  /** Whether it may be closed now: not while a call runs whose answer matters. */
  closable?: boolean;
}

/** A dialog: the focus stays in it and returns to where it was; on phones it fills the screen. */
export function Dialog({
  title,
  opened,
  onClose,
  children,
  size = 'md',
  lightDismiss = true,
  closable = true,
}: Props) {
  useFocusNearby(opened);
  return (
    <Modal
      title={title}
      opened={opened}
      onClose={closable ? onClose : () => {}}
      size={size}
      classNames={{ title: styles.title }}
      centered
      // The page's own style sheet keeps it from scrolling, without style text in the page.
      lockScroll={false}
      closeOnClickOutside={lightDismiss}
      closeOnEscape
      withCloseButton={closable}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120, transition: 'fade' }}
      overlayProps={{ backgroundOpacity: 0.45 }}
    >
      {children}
    </Modal>
  );
}
