using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Checks <see cref="OnnxOptions"/> by their attributes; the code is generated, so that it works without reflection.</summary>
[OptionsValidator]
internal sealed partial class OnnxOptionsValidator : IValidateOptions<OnnxOptions>;
