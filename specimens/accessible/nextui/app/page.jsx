export default function Page() {
  return <h1>Music catalog</h1>;
}
