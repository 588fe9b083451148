using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Checks <see cref="OpenClOptions"/> by their attributes; the code is generated, so that it works without reflection.</summary>
[OptionsValidator]
internal sealed partial class OpenClOptionsValidator : IValidateOptions<OpenClOptions>;
