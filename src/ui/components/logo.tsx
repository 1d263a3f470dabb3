/** The mark: a stem that forks, each way ending in a leaf. */
export function Logo({ size = 24, className }: { readonly size?: number; readonly className?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <path
        d="M11 29.5V18m0 4.5c0-6 9.5-4.5 9.5-11.5"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <path d="M11 18.5C5.6 16.4 5 10.4 8.6 4.5 13.9 8 14.9 14.200 11 18.500Z" fill="currentColor" />
      <path
        d="M20.300 12.200C17.800 7.900 20.300 3.800 27 2.600 27.900 8.700 25.300 12.300 20.300 12.200Z"
        fill="currentColor"
        opacity="0.72"
      />
    </svg>
  );
}
