interface RefusalWords {
  /** In the place of a noun: "Expired". */
  title: string;
  /** Within a sentence: "2 because it had expired". */
  brief: string;
  /** What to do about it. */
  advice: string;
}

const WORDS: Record<string, RefusalWords> = {
  expired: {
    title: 'Expired',
    brief: 'expired',
    advice: 'Something still uses the key after its end. Make a new key and give it that one.',
  },
  revoked: {
    title: 'Revoked',
    brief: 'revoked',
    advice:
      'Something still uses the key although it was taken away. Look at the addresses below: if they are yours, give that client a new key; if not, revoking it was right.',
  },
  deactivated: {
    title: 'Deactivated',
    brief: 'deactivated',
    advice: 'Its maker has no access any more. Somebody who has must make a new key.',
  },
  rate_limited: {
    title: 'Over the limit',
    brief: 'over the limit',
    advice:
      'The client asked too often. Let it wait for the seconds in Retry-After; give each client a key of its own.',
  },
  plan_required: {
    title: 'Plan without API access',
    brief: 'the plan has no API access',
    advice: 'The key itself is in order: it works again once the plan includes API access.',
  },
  out_of_scope: {
    title: 'Another resource',
    brief: 'another resource',
    advice: 'The address names something this key was not made for. Use a key of that one.',
  },
  key_in_query: {
    title: 'Sent in the address',
    brief: 'sent in the address',
    advice:
      'Addresses end up in logs and histories: take the key for leaked. Revoke it, make a new one, and send that in the header Authorization.',
  },
  place_not_accepted: {
    title: 'Sent in the wrong place',
    brief: 'sent in the wrong place',
    advice: 'The key came in a header that is not accepted here. Connect shows the right form.',
  },
  several_credentials: {
    title: 'More than one credential',
    brief: 'more than one credential',
    advice: 'The request held several credentials. Let the client send this key alone.',
  },
  wrong_product: {
    title: 'Used elsewhere',
    brief: 'used elsewhere',
    advice: 'The key was sent to another product. Look at the address that the client calls.',
  },
};

/** A reason of the API for people; one that is not known yet as it stands. */
export function refusalWords(reason: string): RefusalWords {
  const plain = reason.replaceAll('_', ' ');
  return (
    WORDS[reason] ?? {
      title: plain.charAt(0).toUpperCase() + plain.slice(1),
      brief: plain,
      advice: 'Ask the operator with the time and the address.',
    }
  );
}
