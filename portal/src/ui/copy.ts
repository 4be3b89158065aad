/**
 * Copies a text. The clipboard exists only where the page came over HTTPS or from this machine;
 * elsewhere the text is selected and the browser is told to copy, as of old.
 *
 * @returns whether the text is now in the clipboard, as far as the browser says
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused, as in a frame without the permission: the old way may still do.
    }
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Within the dialog that is open, whose focus trap would take the focus back.
  (focused?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.value = '';
    area.remove();
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  }
}
